#!/usr/bin/env python3
"""Makes netherlands-2023-W06.json from netherlands-sites.csv and netherlands-municipalities.csv.

    python3 instances/make-netherlands.py > instances/netherlands-2023-W06.json

The sites are real; the people are drawn. README.md lists what is known and what is assumed.
Neither the build nor the tests need this program or Python.
"""

import csv
import datetime
import json
import math
import os
import random
import statistics
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
YEAR, WEEK = 2023, 6
FIRST = f"{YEAR}-W{WEEK:02d}"
MONDAY = datetime.date.fromisocalendar(YEAR, WEEK, 1)

ARRIVALS = 640  # persons but amv; about 675 a week came in early 2023, amv included
AMV = 60        # 261 applications of amv in January 2023
WAITING = 560   # permit holders considered for a place nearer to their municipality
EXPIRED = 330   # persons in families whose children stay too long in emergency sites
FILL = 0.95     # persons for each bed in the instance

TEMPORARY = {"emergency", "crisis", "ship", "hotel"}
DURABLE = {"azc": 100, "family-site": 80, "small-scale": 50, "amv": 60, "hotel": 30,
           "emergency": 25, "ship": 15, "crisis": 0}
MAX_WEEKS = {"emergency": 26, "ship": 26, "crisis": 6, "hotel": 26}

# Only random() itself gives the same numbers in every version of Python.
stream = random.Random(202306)


def below(n):
    return int(stream.random() * n)


def chance(share):
    return stream.random() < share


def pick(items, weight=lambda item: 1):
    x = stream.random() * sum(weight(item) for item in items)
    for item in items:
        x -= weight(item)
        if x < 0:
            return item
    return items[-1]


# ---- Sites -----------------------------------------------------------------------------------

def closing_week(text):
    """The week of a date; a month or a year alone counts to its last day."""
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        day = datetime.date(*parts)
    else:
        year, month = parts[0], parts[1] if len(parts) == 2 else 12
        day = datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)
    return day - datetime.timedelta(days=day.weekday())


def iso(day):
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def read_sites():
    with open(os.path.join(HERE, "netherlands-sites.csv"), encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    known = {}
    for row in rows:
        if row["capacity"]:
            known.setdefault(row["kind"], []).append(int(row["capacity"]))
    for row in rows:
        like = known.get(row["kind"], known["azc"])
        row["size"] = int(row["capacity"] or statistics.median_low(like))
        row["closes_week"] = closing_week(row["closes"])
        weeks = 999
        if row["closes_week"]:
            weeks = (row["closes_week"] - MONDAY).days // 7
        row["weeks"] = weeks  # until it closes
        row["closing"] = weeks <= 8
        row["new"] = row["opened"] == "2023-02"  # nobody lives there yet
        row["durable"] = min(DURABLE[row["kind"]], max(0, weeks))
        row["own"] = 0   # persons of the instance who live there
        row["beds"] = 0
        row["need"] = {"medical": 0, "wheelchair": 0}  # of those who live there
        row["kids"] = 0
        row["tags"] = set(row["admits"].split())
        row["not"] = set(row["refuses"].split()) | ({"amv"} if row["kind"] != "amv" else set())
    return [row for row in rows if row["weeks"] > 0]


def school(site):
    """None: no school; True: for all; else a share of the capacity."""
    if site["kind"] in ("azc", "family-site", "amv"):
        return True
    if site["kind"] in ("emergency", "ship", "hotel"):
        return 0.12
    return 0.08 if site["size"] >= 150 and site["kind"] == "crisis" else None


# ---- People ----------------------------------------------------------------------------------

class Household:
    def __init__(self, ages, tags, **facts):
        self.ages, self.tags, self.facts = ages, tags, facts
        self.needs = [[] for _ in ages]
        for needs, age in zip(self.needs, ages):
            if "amv" in tags:
                continue
            if chance(0.025 if age >= 18 else 0.012):
                needs.append("medical")
            if chance(0.008):
                needs.append("wheelchair")

    def kids(self):
        return sum(4 <= age <= 17 for age in self.ages)

    def count(self, need):
        return sum(need in needs for needs in self.needs)


def adult():
    return 18 + below(20) + below(23)


def family_ages(size):
    adults = 1 if size == 2 or chance(0.2) else 2
    return [adult() + 4 for _ in range(adults)] + [below(18) for _ in range(size - adults)]


# Counts of January 2023 (inferred, see README.md): singles, couples, families by size.
UNITS = [("single", 1, 29625), ("couple", 2, 1100), ("family", 2, 997), ("family", 3, 1224),
         ("family", 4, 1088), ("family", 5, 680), ("family", 6, 363), ("family", 7, 181)]


def draw_household(tags, sorts=("single", "couple", "family")):
    sort, size, _ = pick([unit for unit in UNITS if unit[0] in sorts], lambda unit: unit[2])
    ages = family_ages(size) if sort == "family" else [adult() for _ in range(size)]
    return Household(ages, ([] if sort == "single" else [sort]) + tags)


def draw_people(total, make):
    """At least so many; the last household may bring a few more."""
    drawn = []
    while total > 0:
        drawn.append(make())
        total -= len(drawn[-1].ages)
    return drawn


def arrival():
    tags = []
    if chance(0.10):
        tags = ["permit"]  # family members who follow: they have a permit when they come
    elif chance(0.40):
        tags = ["likely-permit"]
    household = draw_household(tags)
    if not tags and len(household.ages) == 1 and chance(0.12):
        household.tags.append("track-2")
    household.facts["from"] = "ter-apel" if chance(0.75) else "budel"
    return household


def may_live(site, household):
    tags = set(household.tags)
    if (site["tags"] and not tags & site["tags"]) or tags & site["not"]:
        return False
    return not (household.kids() and school(site) is None)


def house(site, household):
    household.facts["site"] = site["id"]
    if site["kind"] in MAX_WEEKS:
        weeks = 1 + below(MAX_WEEKS[site["kind"]] * 3 // 2)
        household.facts.setdefault("since", iso(MONDAY - datetime.timedelta(weeks=weeks)))
    site["own"] += len(household.ages)
    site["kids"] += household.kids()
    for need in site["need"]:
        site["need"][need] += household.count(need)


def people_of_closing(site):
    """Of a site that closes in n weeks, twice one n-th is considered and one n-th must leave."""
    part = site["size"] * 96 // 100 // max(2, site["weeks"])

    def make():
        tags = ["permit"] if chance(0.25) else []
        sorts = ("couple", "family") if site["tags"] else ("single", "couple", "family")
        household = draw_household(tags, sorts)
        return household if may_live(site, household) else Household([adult()], tags)

    households = draw_people(2 * part, make)
    for household in households:
        house(site, household)
        if household.kids():
            household.facts["moves"] = 1 + below(4)
    site["own"] -= part  # one part of the beds is gone
    return households


def people_waiting(sites, municipalities):
    def make():
        household = draw_household(["permit"])
        places = [s for s in sites
                  if not s["closing"] and not s["new"] and may_live(s, household)]
        site = pick(places, lambda s: s["size"])
        near = [m for m in municipalities if m["province"] == site["province"]]
        link(household, pick(near if chance(0.4) else municipalities, lambda m: m["inhabitants"]))
        household.home = site
        return household

    households = draw_people(WAITING, make)
    for household in households:
        house(household.home, household)
    return households


def people_expired(sites):
    """Families whose stay in a temporary site is over the limit: their children should go on."""
    def make():
        tags = ["return-family"] if chance(0.12) else []
        household = draw_household(tags, ("family",))
        places = [s for s in sites if s["kind"] in TEMPORARY and not s["closing"]
                  and may_live(s, household)]
        household.home = pick(places, lambda s: s["size"])
        return household

    households = draw_people(EXPIRED, make)
    for household in households:
        limit = MAX_WEEKS[household.home["kind"]]
        since = MONDAY - datetime.timedelta(weeks=limit + 2 + below(12))
        household.facts["since"] = iso(since)
        house(household.home, household)
        household.facts["moves"] = 1 + below(5)
    return households


def link(household, municipality):
    near = {"place": municipality["id"], "points_per_km": 1}
    if chance(0.05):
        near["km"] = 75
        near["because"] = "paid work there"
    household.facts["near"] = [near]


def read_municipalities():
    with open(os.path.join(HERE, "netherlands-municipalities.csv"), encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["inhabitants"] = int(row["inhabitants"])
    return rows


def draw_all(sites, municipalities):
    households = draw_people(ARRIVALS, arrival)
    for household in households:
        if "permit" in household.tags:
            link(household, pick(municipalities, lambda m: m["inhabitants"]))
            household.facts["near"][0].pop("km", None)
            household.facts["near"][0].pop("because", None)
    for _ in range(AMV):
        household = Household([pick([17, 16, 15, 14, 13], lambda a: a * a * a - 2000)], ["amv"])
        household.facts["from"] = "ter-apel"
        households.append(household)
    for site in sites:
        if site["closing"] and site["kind"] != "amv":
            households += people_of_closing(site)
    households += people_waiting(sites, municipalities)
    households += people_expired(sites)
    return households


# ---- Beds and services -----------------------------------------------------------------------

def share_out(total, sites, weight):
    """Whole numbers near the weights that add up to the total: differences of running sums."""
    weights = [weight(site) for site in sites]
    whole, before, shares = sum(weights), 0, []
    for each in weights:
        shares.append(int(total * (before + each) / whole) - int(total * before / whole))
        before += each
    return shares


def give_beds(sites, households):
    persons = sum(len(household.ages) for household in households)
    amv = [site for site in sites if site["kind"] == "amv"]
    others = [site for site in sites
              if site["kind"] != "amv" and not site["closing"] and not site["new"]]
    for site in sites:
        if site["new"]:
            site["free"] = site["size"]
    free = math.ceil(persons / FILL) - sum(site["own"] + site.get("free", 0) for site in sites)
    free_amv = math.ceil(AMV / FILL)
    for group, total in ((amv, free_amv), (others, free - free_amv)):
        turnover = [0.3 + 1.4 * stream.random() for _ in group]
        weights = dict((site["id"], site["size"] * each) for site, each in zip(group, turnover))
        for site, beds in zip(group, share_out(total, group, lambda s: weights[s["id"]])):
            site["free"] = beds
    for site in sites:
        site["beds"] = site["own"] + site.get("free", 0)


def give_services(sites, households):
    for site in sites:
        site["services"] = {}
        share = school(site)
        if share is True:
            site["services"]["school"] = True
        elif share is not None:
            site["services"]["school"] = site["kids"] + math.ceil(site.get("free", 0) * share)
    for need, kinds, margin in (("medical", ("azc", "emergency"), 1.3),
                                ("wheelchair", ("azc", "emergency", "hotel"), 1.5)):
        places = [site for site in sites if site["kind"] in kinds and not site["closing"]]
        asked = sum(household.count(need) for household in households)
        living = sum(site["need"][need] for site in places)
        shares = share_out(math.ceil(margin * asked) - living, places,
                           lambda s: s["free"] * (3 if s["kind"] == "azc" else 1))
        for site, extra in zip(places, shares):
            if site["need"][need] + extra > 0:
                site["services"][need] = site["need"][need] + extra


# ---- The document ----------------------------------------------------------------------------

def site_row(site):
    row = {"id": site["id"], "name": site["name"], "kind": site["kind"],
           "municipality": site["municipality"], "province": site["province"],
           "lat": float(site["lat"]), "lon": float(site["lon"]),
           "beds": site["beds"], "durable": site["durable"]}
    if site["closes_week"]:
        row["closes"] = iso(site["closes_week"])
    row["services"] = site["services"]
    if site["tags"]:
        row["admits"] = sorted(site["tags"])
        row["admits_because"] = "agreed for this site"
    row["refuses"] = sorted(site["not"])
    if site["not"] - {"amv"}:
        row["refuses_because"] = "agreed with the municipality"
    if site["kind"] in MAX_WEEKS:
        row["max_weeks"] = MAX_WEEKS[site["kind"]]
    if site["new"]:
        row["keep_open"] = 200  # it may also open a week later
    return row


def quota_rows(sites):
    crisis = sum(site["own"] for site in sites if site["kind"] == "crisis")
    ships = sum(site["beds"] for site in sites if site["kind"] == "ship")
    hardenberg = next(site for site in sites if site["id"] == "azc-hardenberg")
    return [
        {"id": "crisis-winds-down", "kind": "crisis", "max": crisis * 9 // 10, "points": 15,
         "because": "crisis shelters wind down before 1 July"},
        {"id": "families-on-ships", "kind": "ship", "tag": "family", "max": ships // 3,
         "because": "few rooms for families on board"},
        {"id": "families-in-hardenberg", "sites": ["azc-hardenberg"], "tag": "family",
         "min": hardenberg["beds"] // 2, "points": 10,
         "because": "the municipality prefers families and children"},
        {"id": "track-2-in-groningen", "province": "Groningen", "tag": "track-2", "max": 5,
         "because": "Ter Apel has its share already"},
        {"id": "zuid-holland", "province": "Zuid-Holland",
         "min": sum(s["beds"] for s in sites if s["province"] == "Zuid-Holland") * 97 // 100,
         "points": 5, "because": "this province has most places to find"},
    ]


def number(households):
    people, rows = [], []
    for household in households:
        first = len(people) + 1
        alone = len(household.ages) == 1
        household.id = f"p{first}" if alone else f"h{first}"
        for i, (age, needs) in enumerate(zip(household.ages, household.needs)):
            row = {"id": f"p{first + i}"}
            if not alone:
                row["household"] = household.id
            row["age"] = age
            if needs:
                row["needs"] = needs
            if household.tags:
                row["tags"] = sorted(household.tags)
            people.append(row)
        row = {"id": household.id}
        row.update(household.facts)
        if any(household.needs):
            row["priority"] = 2
        rows.append(row)
    return people, rows


def special_facts(households):
    """Blocked weeks, travel limits, wishes: small shares, as a planner meets them."""
    next_week = iso(MONDAY + datetime.timedelta(weeks=1))
    for household in households:
        x = stream.random()
        if "site" in household.facts and "near" in household.facts and x < 0.02:
            household.facts["no_move_before"] = next_week
            household.facts["no_move_because"] = "hospital date"
        elif "from" in household.facts and "amv" not in household.tags and x < 0.02:
            household.facts["max_km"] = 200
            household.facts["max_km_because"] = "late pregnancy"
        elif "family" in household.tags and x < 0.05:
            household.facts["wishes"] = {"durable": 60}
        elif len(household.ages) == 1 and x < 0.03 and "amv" not in household.tags:
            household.facts["wishes"] = {"kind=ship": -30}


def group_rows(households):
    velsen = [h for h in households if h.facts.get("site") == "ship-velsen" and "family" in h.tags]
    arrivals = [h for h in households if h.facts.get("from") == "ter-apel" and not h.tags]
    together = [{"households": [h.id for h in velsen[:3]], "because": "children of one class"},
                {"households": [h.id for h in velsen[3:5]], "because": "children of one class"}]
    together += [{"households": [a.id, b.id], "because": "relatives"}
                 for a, b in zip(arrivals[0:12:2], arrivals[1:12:2])]
    apart = [{"households": [a.id, b.id], "because": "conflict on the way"}
             for a, b in zip(arrivals[12:18:2], arrivals[13:18:2])]
    return together, apart


def place_rows(households, municipalities):
    linked = {near["place"] for h in households for near in h.facts.get("near", [])}
    rows = [{"id": "ter-apel", "name": "Ter Apel", "lat": 52.8767, "lon": 7.0592},
            {"id": "budel", "name": "Budel", "lat": 51.2741, "lon": 5.5755}]
    return rows + [{"id": m["id"], "name": m["municipality"], "lat": float(m["lat"]),
                    "lon": float(m["lon"])} for m in municipalities if m["id"] in linked]


def write(document):
    """Rows of the long lists on one line each."""
    lines = []
    for key, value in document.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rows = ",\n    ".join(json.dumps(row, ensure_ascii=False) for row in value)
            lines.append(f"  {json.dumps(key)}: [\n    {rows}\n  ]")
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    sys.stdout.buffer.write(("{\n" + ",\n".join(lines) + "\n}\n").encode("utf-8"))


def main():
    sites, municipalities = read_sites(), read_municipalities()
    households = draw_all(sites, municipalities)
    special_facts(households)
    give_beds(sites, households)
    give_services(sites, households)
    people, rows = number(households)
    together, apart = group_rows(households)
    write({
        "format": "plaats.instance/1",
        "week": FIRST,
        "weeks": 1,
        "rules": {"services_by_age": [{"service": "school", "from": 4, "to": 17}],
                  "min_stay": 3, "school_holidays": ["2023-W08", "2023-W09"]},
        "quotas": quota_rows(sites),
        "sites": [site_row(site) for site in sites],
        "places": place_rows(households, municipalities),
        "travel": [{"from": "ter-apel", "to": "emergency-goes", "minutes": 225}],
        "people": people,
        "households": rows,
        "together": together,
        "apart": apart,
    })


if __name__ == "__main__":
    main()

"""Tables in Markdown, and the figures in them."""


def gap_percent(plan, bound):
    """In percent of what the people who have a place cost."""
    return 100 * (plan["cost"] - bound) / max(1, abs(plan["cost"] - plan["parts"]["unplaced"]))


def table(heads, rows):
    """The first column is text, the others are numbers."""
    lines = [heads, ["---"] + ["--:"] * (len(heads) - 1), *rows]
    return ["| " + " | ".join(map(str, cells)) + " |" for cells in lines]

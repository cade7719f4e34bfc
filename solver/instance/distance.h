/* Distances between locations (sites and places). */
#ifndef PLAATS_INSTANCE_DISTANCE_H
#define PLAATS_INSTANCE_DISTANCE_H

#include "instance/instance.h"

#define DISTANCE_UNKNOWN (-1)

/* Prepares what the two functions below look things up in; called once by the reader. */
plaats_status distance_prepare(plaats_instance *in, plaats_error *error);

/* From the first location to the second: 0 to itself, else the travel row's km, else the
 * great-circle distance (haversine, radius 6371 km) rounded half up; DISTANCE_UNKNOWN without
 * either. */
int64_t distance_km(const plaats_instance *in, int from, int to);
/* The same from every site to the location, and from the location to every site: one per site, as
 * long as the instance lives. NULL where there are so many pairs that they are not kept. */
const int32_t *distance_from_sites(const plaats_instance *in, int location);
const int32_t *distance_to_sites(const plaats_instance *in, int location);
/* 0 to itself, else from travel rows only; DISTANCE_UNKNOWN without. */
int64_t distance_minutes(const plaats_instance *in, int from, int to);
/* K of the format: the largest known km between a site and a site or place, either way; 0 if none
 * is known. */
int64_t distance_largest_km(const plaats_instance *in);

#endif

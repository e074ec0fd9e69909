package io.nearfar.sample.data;

/**
 * One line of the data file; its columns are described in {@code data/README.md} of this module.
 *
 * @param region the country's code, a dot and the region's; empty where the place has no region
 * @param population 0 where unknown
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 */
record CityRow(
        long id,
        String name,
        String ascii,
        String country,
        String region,
        String regionName,
        long population,
        double latitude,
        double longitude,
        String feature) {

    private static final int COLUMNS = 10;

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it has not ten columns or a number cannot be read
     */
    static CityRow parse(String line) {
        String[] column = line.split("\t", -1);
        if (column.length != COLUMNS) {
            throw new IllegalArgumentException(
                    "a line of the city data has " + column.length + " columns instead of " + COLUMNS + ": " + line);
        }
        return new CityRow(
                Long.parseLong(column[0]),
                column[1],
                column[2].isEmpty() ? column[1] : column[2],
                column[3],
                column[4].isEmpty() ? "" : column[3] + "." + column[4],
                column[5],
                Long.parseLong(column[6]),
                Double.parseDouble(column[7]),
                Double.parseDouble(column[8]),
                column[9]);
    }
}

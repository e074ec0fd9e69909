package io.nearfar.sample.place;

import java.io.Serializable;
import java.util.List;

/**
 * The inhabited world as a page can draw it.
 *
 * @param cells three numbers for each square degree where somebody lives: its west edge in degrees, its south edge, and
 *     the people in it by the thousand
 * @param metropolises the places of more than three million
 */
public record WorldMap(List<Integer> cells, List<CitySummary> metropolises) implements Serializable {}

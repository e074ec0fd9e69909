package io.nearfar.sample.place;

import java.io.Serializable;
import java.util.List;

/**
 * A page of what a search found, the most populous first.
 *
 * @param total how many were found on all pages
 * @param page counted from 0
 * @param pages how many pages there are
 */
public record SearchPage(List<CitySummary> cities, long total, int page, int pages) implements Serializable {}

package io.nearfar.sample.place;

import java.io.Serializable;

/** A country with the number of its cities and the people who live in them. */
public record CountrySummary(String code, String name, long cities, long population) implements Serializable {}

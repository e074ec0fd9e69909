package io.nearfar.sample.people;

import java.io.Serializable;

/**
 * A person as the pages show them.
 *
 * @param person the name they sign in with
 * @param editor whether they may change cities
 * @param posts how many posts they wrote
 */
public record Profile(String person, String name, String about, boolean editor, long posts) implements Serializable {}

package io.nearfar.sample.people;

import java.io.Serializable;
import java.util.Set;

/**
 * A person as the pages show them.
 *
 * @param person the name they sign in with
 * @param roles what they may do beyond reading and writing posts
 * @param posts how many posts they wrote
 */
public record Profile(String person, String name, String about, Set<String> roles, long posts)
        implements Serializable {}

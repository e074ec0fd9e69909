package io.nearfar.sample.post;

import java.io.Serializable;

/**
 * A post as the pages show it.
 *
 * @param cityId the id of the city it is about
 * @param person the name its author signs in with
 * @param written milliseconds since the epoch
 */
public record PostView(long id, long cityId, String city, String person, String text, long written)
        implements Serializable {}

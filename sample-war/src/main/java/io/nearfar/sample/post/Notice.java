package io.nearfar.sample.post;

import java.io.Serializable;

/** A notification as the pages show it. */
public record Notice(PostView post, boolean seen) implements Serializable {}

package io.nearfar.sample.post;

import java.io.Serializable;
import java.util.List;

/** A person's latest notifications and how many of all they have not seen. */
public record Inbox(long unseen, List<Notice> notices) implements Serializable {}

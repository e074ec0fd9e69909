package io.nearfar.sample.web;

/** Why a request was not carried out, in a sentence for a person. */
public record Problem(int status, String problem) {}

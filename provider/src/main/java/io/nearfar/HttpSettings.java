package io.nearfar;

import java.util.List;
import java.util.Objects;

/**
 * What the settings say of requests that come over HTTP; reached by {@code manager.unwrap(HttpSettings.class)}. Immutable.
 *
 * @param trustedProxies whose word counts about where a request comes from
 * @param forwarding the field in which they give it
 * @param ipv6Prefix how many bits of an IPv6 address make a client, from 1 to 128
 * @param legacyFields whether responses carry the fields of before the standard too ({@code X-RateLimit-Limit} and others)
 * @param disclosesAll whether they tell of limits that all clients share
 * @param outage what becomes of requests under the limits of paths while they cannot be counted; where the limiter itself cannot
 *     be opened nobody counts locally either, and {@link LimitOutage#LOCAL} admits as {@link LimitOutage#OPEN} does
 * @param limits of paths, by name
 * @param responses that are kept by their paths, by name
 */
public record HttpSettings(
        List<AddressRange> trustedProxies,
        Forwarding forwarding,
        int ipv6Prefix,
        boolean legacyFields,
        boolean disclosesAll,
        LimitOutage outage,
        List<PathLimit> limits,
        List<PathResponse> responses) {
    /** The field of a request in which a proxy says for whom it asks. */
    public enum Forwarding {
        /** {@code X-Forwarded-For}, which nearly every proxy writes. */
        X_FORWARDED_FOR,
        /** {@code Forwarded}, as RFC 7239 defines it. */
        FORWARDED
    }

    /**
     * Creates them.
     *
     * @throws NullPointerException if one of them is null
     */
    public HttpSettings {
        trustedProxies = List.copyOf(trustedProxies);
        Objects.requireNonNull(forwarding, "The field that proxies write is null");
        Objects.requireNonNull(outage, "What becomes of requests that cannot be counted is null");
        limits = List.copyOf(limits);
        responses = List.copyOf(responses);
    }
}

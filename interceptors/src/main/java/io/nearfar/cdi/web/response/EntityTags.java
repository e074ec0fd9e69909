package io.nearfar.cdi.web.response;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells representations apart (RFC 9110, section 8.8.3). The tags that are made here are weak, since what is sent may be compressed
 * or not by what comes after.
 */
final class EntityTags {
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");
    private static final int LENGTH = 16;

    private EntityTags() {}

    /** Returns the tag of a body of that type. */
    static String of(@Nullable String type, byte[] body) {
        MessageDigest digest = sha256();
        digest.update(String.valueOf(type).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        byte[] hash = digest.digest(body);
        byte[] first = new byte[LENGTH];
        System.arraycopy(hash, 0, first, 0, LENGTH);
        return "W/\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(first) + "\"";
    }

    /** Tells whether {@code If-None-Match} names a tag, or any; strong or weak makes no difference to it. */
    static boolean matches(String ifNoneMatch, @Nullable String tag) {
        if (ifNoneMatch.strip().equals("*")) {
            return true;
        }
        Matcher own = TAG.matcher(tag == null ? "" : tag.strip());
        Matcher listed = TAG.matcher(ifNoneMatch);
        boolean found = false;
        while (own.matches() && !found && listed.find()) {
            found = own.group(1).equals(listed.group(1));
        }
        return found;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256, and this one has not", e);
        }
    }
}

package io.nearfar.far;

/** A write of one key, in the words of the scripts. */
@SuppressWarnings("ArrayRecordComponent") // only carried
record RandomWrite(
        Object condition, String onCreate, String onUpdate, String want, byte[] head, byte[] tail, long since) {}

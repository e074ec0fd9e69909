package io.nearfar.tool;

/** How a run of the tool ended; its exit code is the position here. */
enum Outcome {
    /** Done. */
    DONE,
    /** What was asked for is not there, or the answer is no. */
    NO,
    /** The tool was called wrongly, or a setting is wrong. */
    USAGE,
    /** The server does not answer. */
    SILENT,
    /** The server is there and refuses. */
    REFUSED,
    /** The tool itself has failed. */
    BROKEN,
    /** The doctor has found nothing worse than what a warning tells of. */
    WARNINGS,
    /** The doctor has found errors. */
    ERRORS
}

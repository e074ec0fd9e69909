/** Drives a browser that is installed on this machine, by the WebDriver protocol and nothing else. */
@NullMarked
package io.nearfar.sample.browser;

import org.jspecify.annotations.NullMarked;

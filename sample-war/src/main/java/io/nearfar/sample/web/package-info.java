/** The application's addresses: JSON under {@code api}, and the headers of its pages. */
@NullMarked
package io.nearfar.sample.web;

import org.jspecify.annotations.NullMarked;

/**
 * The pages that lead from an empty folder to a cached method, done as they stand: the files that they show, the commands that
 * they give. Nothing relies on it.
 */
package io.nearfar.guides;

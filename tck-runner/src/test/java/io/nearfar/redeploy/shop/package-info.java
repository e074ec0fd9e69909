/** A web application that caches and closes nothing; its classes are loaded by its own class loader alone. */
package io.nearfar.redeploy.shop;

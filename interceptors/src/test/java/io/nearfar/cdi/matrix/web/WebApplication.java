package io.nearfar.cdi.matrix.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Has a server find the resources by itself. */
@ApplicationPath("/")
public class WebApplication extends Application {}

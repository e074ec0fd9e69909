-- The gazetteer's tables. What a load that was broken off may have left goes first.
DROP TABLE IF EXISTS country, region, city, person, person_role, preference, favourite, post, notification;
DROP SEQUENCE IF EXISTS post_number;
DROP SEQUENCE IF EXISTS notification_number;
CREATE TABLE country (
    code CHAR(2) PRIMARY KEY,
    name VARCHAR(80) NOT NULL
);
CREATE TABLE region (
    code VARCHAR(16) PRIMARY KEY,
    country CHAR(2) NOT NULL,
    name VARCHAR(80) NOT NULL
);
CREATE TABLE city (
    id BIGINT PRIMARY KEY,
    name VARCHAR(80) NOT NULL,
    search_name VARCHAR(80) NOT NULL,
    country CHAR(2) NOT NULL,
    region VARCHAR(16),
    population BIGINT NOT NULL,
    latitude DOUBLE PRECISION NOT NULL,
    longitude DOUBLE PRECISION NOT NULL,
    feature VARCHAR(8) NOT NULL,
    note VARCHAR(280)
);
CREATE TABLE person (
    id VARCHAR(20) PRIMARY KEY,
    name VARCHAR(60) NOT NULL,
    about VARCHAR(280) NOT NULL
);
CREATE TABLE person_role (
    person VARCHAR(20) NOT NULL,
    name VARCHAR(20) NOT NULL,
    PRIMARY KEY (person, name)
);
CREATE TABLE preference (
    person VARCHAR(20) PRIMARY KEY,
    units VARCHAR(8) NOT NULL,
    theme VARCHAR(8) NOT NULL
);
CREATE TABLE favourite (
    person VARCHAR(20) NOT NULL,
    city BIGINT NOT NULL,
    PRIMARY KEY (person, city)
);
CREATE SEQUENCE post_number START WITH 1000 INCREMENT BY 20;
CREATE TABLE post (
    id BIGINT PRIMARY KEY,
    city BIGINT NOT NULL,
    person VARCHAR(20) NOT NULL,
    text VARCHAR(280) NOT NULL,
    written BIGINT NOT NULL
);
CREATE SEQUENCE notification_number START WITH 1000 INCREMENT BY 20;
CREATE TABLE notification (
    id BIGINT PRIMARY KEY,
    person VARCHAR(20) NOT NULL,
    post BIGINT NOT NULL,
    seen BOOLEAN NOT NULL
);

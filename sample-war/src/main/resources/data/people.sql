-- The people of the demonstration; the password of each is the name they sign in with.
INSERT INTO person (id, name, about) VALUES
    ('ada', 'Ada', 'Counts the people of every town and corrects the figures.'),
    ('ben', 'Ben', 'Travels by night train and writes home about it.'),
    ('chen', 'Chen', 'Collects harbours, bridges and the food beside them.');
INSERT INTO person_role (person, name) VALUES
    ('ada', 'editor'), ('ada', 'admin'),
    ('chen', 'premium');
INSERT INTO favourite (person, city) VALUES
    ('ada', 2643743), ('ada', 1850147), ('ada', 3448439),
    ('ben', 2643743), ('ben', 2950159), ('ben', 360630),
    ('chen', 1850147), ('chen', 1819729), ('chen', 2950159);
INSERT INTO post (id, city, person, text, written) VALUES
    (1, 2950159, 'ben', 'Arrived at seven in the morning; the whole city smelt of rain and fresh bread.', 1735714800000),
    (2, 1850147, 'chen', 'The last ferry across the bay is the best view there is, and costs almost nothing.', 1738393200000),
    (3, 360630, 'ben', 'Four hundred miles along the river to get here. The tea at the station was worth it.', 1740812400000),
    (4, 2643743, 'ada', 'Checked the census twice: it grew by another village this year.', 1743490800000),
    (5, 1819729, 'chen', 'Take the tram to the end of the line and walk back along the harbour.', 1746082800000),
    (6, 3448439, 'ada', 'The register counts the people. Nobody has yet counted the buses.', 1748761200000);
INSERT INTO notification (id, person, post, seen)
    SELECT ROW_NUMBER() OVER (ORDER BY p.id, f.person), f.person, p.id, FALSE
    FROM post p JOIN favourite f ON f.city = p.city AND f.person <> p.person;

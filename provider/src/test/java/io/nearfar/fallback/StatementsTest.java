package io.nearfar.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementsTest {
    /** Names as the drivers give them. */
    @ParameterizedTest
    @CsvSource({
        "PostgreSQL, BYTEA",
        "MySQL, LONGBLOB",
        "MariaDB, LONGBLOB",
        "Oracle, BLOB",
        "Microsoft SQL Server, VARBINARY(MAX)",
        "DB2/LINUXX8664, BLOB(2G)",
        "H2, BLOB",
        "HSQL Database Engine, BLOB(2G)",
        "Apache Derby, BLOB"
    })
    void create_typeForBytesIsThatOfTheProduct(String product, String type) {
        assertThat(new Statements("shop.FALLBACK").create(product))
                .containsExactly(
                        "CREATE TABLE shop.FALLBACK (id VARCHAR(64) NOT NULL PRIMARY KEY, scope VARCHAR(64) NOT NULL,"
                                + " cache_name VARCHAR(200) NOT NULL, partition_number DECIMAL(3) NOT NULL,"
                                + " change_number DECIMAL(19) NOT NULL, settler VARCHAR(64), content " + type
                                + " NOT NULL, changed_at DECIMAL(19) NOT NULL)",
                        "CREATE INDEX FALLBACK_SCOPE ON shop.FALLBACK (scope, id)");
    }
}

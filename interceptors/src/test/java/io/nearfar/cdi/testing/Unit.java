package io.nearfar.cdi.testing;

import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import jakarta.persistence.spi.ClassTransformer;
import jakarta.persistence.spi.PersistenceUnitInfo;
import jakarta.persistence.spi.PersistenceUnitTransactionType;
import java.net.URL;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What a {@code persistence.xml} would say. */
record Unit(PersistenceUnitTransactionType type, DataSource source, List<String> entities, List<String> mappings)
        implements PersistenceUnitInfo {
    @Override
    public String getPersistenceUnitName() {
        return "shop-" + type; // EclipseLink takes those of one name for one
    }

    @Override
    public @Nullable String getPersistenceProviderClassName() {
        return null;
    }

    @Override
    public PersistenceUnitTransactionType getTransactionType() {
        return type;
    }

    @Override
    public @Nullable DataSource getJtaDataSource() {
        return type == PersistenceUnitTransactionType.JTA ? source : null;
    }

    @Override
    public @Nullable DataSource getNonJtaDataSource() {
        return type == PersistenceUnitTransactionType.JTA ? null : source;
    }

    @Override
    public List<String> getMappingFileNames() {
        return mappings;
    }

    @Override
    public List<URL> getJarFileUrls() {
        return List.of();
    }

    @Override
    public URL getPersistenceUnitRootUrl() {
        return Unit.class.getProtectionDomain().getCodeSource().getLocation();
    }

    @Override
    public List<String> getManagedClassNames() {
        return entities;
    }

    @Override
    public boolean excludeUnlistedClasses() {
        return true;
    }

    @Override
    public SharedCacheMode getSharedCacheMode() {
        return SharedCacheMode.UNSPECIFIED;
    }

    @Override
    public ValidationMode getValidationMode() {
        return ValidationMode.NONE;
    }

    @Override
    public Properties getProperties() {
        return new Properties();
    }

    @Override
    public String getPersistenceXMLSchemaVersion() {
        return "3.0";
    }

    @Override
    public ClassLoader getClassLoader() {
        return Unit.class.getClassLoader();
    }

    @Override
    public void addTransformer(ClassTransformer transformer) {}

    @Override
    public ClassLoader getNewTempClassLoader() {
        return getClassLoader();
    }
}

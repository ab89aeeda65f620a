package io.orchflow.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// PostgreSQL 18 on 127.0.0.1 with scram passwords, no Unix socket and fsync on. Works for root too
/// (PostgreSQL itself refuses root: it then runs in a user namespace that maps nobody).
public final class EmbeddedPostgres implements Infrastructure, AutoCloseable {
    /// The database that services share, a schema each.
    public static final String DATABASE = "orchflow";

    private static final String ADMIN = "postgres";
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,40}");
    private static final Duration START = Duration.ofSeconds(60);

    /// @param maxConnections of all services together
    /// @param log file for the server's output
    public record Options(int port, int maxConnections, Path log) {}

    /// A role that owns one schema of one database and may enter nothing else.
    public record Role(String database, String user, String password) {}

    private final Path folder;
    private final Path binaries;
    private final Options options;
    private final Secrets secrets;
    private @Nullable Child child;

    private EmbeddedPostgres(Path folder, Path binaries, Options options, Secrets secrets) {
        this.folder = folder;
        this.binaries = binaries;
        this.options = options;
        this.secrets = secrets;
    }

    /// What is known before anything is done: address and credentials. [#initialise()] comes next.
    public static EmbeddedPostgres settings(Path folder, Options options, Secrets secrets) {
        Secrets.makePrivateFolder(folder);
        Path binaries =
                Packages.unpacked(
                        "postgres",
                        Packages.sizeOf(ARCHIVE),
                        target -> Packages.untar(ARCHIVE, target));
        return new EmbeddedPostgres(folder.toAbsolutePath(), binaries, options, secrets);
    }

    /// Makes the cluster in `folder/data` when it is not there yet. The data survives; the port may
    /// change each time.
    public void initialise() {
        try {
            initialiseCluster();
            configure();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the PostgreSQL cluster in " + folder, e);
        }
    }

    /// Prepares, starts and waits; a free port, secrets in `folder/secrets`.
    public static EmbeddedPostgres start(Path folder) {
        var postgres =
                settings(
                        folder,
                        new Options(Ports.free(), 200, folder.resolve("postgres.log")),
                        Secrets.in(folder.resolve("secrets")));
        postgres.initialise();
        postgres.child = postgres.startAndAwait(START);
        postgres.createDatabase(DATABASE);
        return postgres;
    }

    @Override
    public ChildSpec child() {
        return new ChildSpec(
                "postgres",
                prefix(),
                List.of(binaries.resolve("bin/postgres").toString(), "-D", data().toString()),
                environment(),
                folder,
                options.log(),
                ChildSpec.Stop.INT,
                Duration.ofSeconds(20));
    }

    @Override
    public boolean answers() {
        try (var connection = connect(ADMIN)) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    public int port() {
        return options.port();
    }

    /// JDBC address without credentials.
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /// Address for the reactive client, without credentials.
    public String url(String database) {
        return "postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /// Makes the database when it is not there. Only roles made by [#createRole] for it may enter.
    public void createDatabase(String database) {
        try (var connection = connect(ADMIN);
                var query =
                        connection.prepareStatement(
                                "SELECT 1 FROM pg_database WHERE datname = ?")) {
            query.setString(1, checked(database));
            if (query.executeQuery().next()) {
                return;
            }
            execute(connection, "CREATE DATABASE " + database);
            execute(connection, "REVOKE ALL ON DATABASE " + database + " FROM PUBLIC");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot make the database " + database, e);
        }
    }

    public Role createRole(String schema) {
        return createRole(DATABASE, schema);
    }

    /// A role named as the schema, owner of it; made when missing. The password is the same for
    /// every database.
    public Role createRole(String database, String schema) {
        String password = passwordOf(checked(schema));
        try (var connection = connect(database);
                var query =
                        connection.prepareStatement("SELECT 1 FROM pg_roles WHERE rolname = ?")) {
            query.setString(1, schema);
            boolean known = query.executeQuery().next();
            execute(
                    connection,
                    (known ? "ALTER" : "CREATE")
                            + " ROLE %s LOGIN PASSWORD '%s'".formatted(schema, password));
            execute(connection, "ALTER ROLE %s SET search_path = %s".formatted(schema, schema));
            execute(connection, "GRANT CONNECT ON DATABASE %s TO %s".formatted(database, schema));
            execute(
                    connection,
                    "CREATE SCHEMA IF NOT EXISTS %s AUTHORIZATION %s".formatted(schema, schema));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot make the role " + schema, e);
        }
        return new Role(database, schema, password);
    }

    /// The password that the role has once [#createRole] made it.
    public String passwordOf(String schema) {
        return secrets.get("postgres-" + schema);
    }

    @Override
    public void close() {
        if (child != null) {
            child.close();
        }
    }

    private void initialiseCluster() throws IOException {
        if (Files.exists(data().resolve("PG_VERSION"))) {
            return;
        }
        Path fresh = folder.resolve("data.new");
        Packages.delete(fresh);
        Path password = folder.resolve("initial-password");
        Secrets.writePrivate(password, adminPassword() + "\n");
        try {
            run(
                    binaries.resolve("bin/initdb").toString(),
                    "--pgdata=" + fresh,
                    "--username=" + ADMIN,
                    "--auth=scram-sha-256",
                    "--pwfile=" + password,
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--no-instructions");
            // In one step: what was interrupted is never taken for a cluster.
            Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Packages.delete(fresh);
            Files.deleteIfExists(password);
        }
    }

    private void configure() throws IOException {
        Secrets.writePrivate(
                data().resolve("postgresql.conf"),
                """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                max_connections = %d
                password_encryption = 'scram-sha-256'
                fsync = on
                shared_buffers = 64MB
                wal_level = minimal
                max_wal_senders = 0
                max_wal_size = 512MB
                io_method = sync
                max_parallel_workers_per_gather = 0
                jit = off
                timezone = 'UTC'
                log_timezone = 'UTC'
                log_line_prefix = '%%m [%%p] %%u '
                """
                        .formatted(options.port(), options.maxConnections()));
        Secrets.writePrivate(
                data().resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
    }

    private void run(String... command) throws IOException {
        var line = new ArrayList<>(prefix());
        line.addAll(List.of(command));
        var builder = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment());
        Process handle = builder.start();
        handle.getOutputStream().close();
        String output =
                new String(
                        handle.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (handle.waitFor() != 0) {
                throw new IOException(command[0] + " failed: " + output.strip());
            }
        } catch (InterruptedException e) {
            handle.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Connection connect(String database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", ADMIN);
        properties.setProperty("password", adminPassword());
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "30");
        Connection connection = new org.postgresql.Driver().connect(jdbcUrl(database), properties);
        if (connection == null) {
            throw new SQLException("not a PostgreSQL address: " + jdbcUrl(database));
        }
        return connection;
    }

    private String adminPassword() {
        return secrets.get("postgres-admin");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static List<String> prefix() {
        return "root".equals(System.getProperty("user.name"))
                ? List.of("unshare", "-U", "--")
                : List.of();
    }

    private static Map<String, String> environment() {
        return Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "LC_ALL", "C", "TZ", "UTC");
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a database name: " + name);
        }
        return name;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service;

import cadastre.service.cli.EventsCommand;
import cadastre.service.cli.Failures;
import cadastre.service.cli.RebuildCommand;
import cadastre.service.cli.ServiceCommand;
import cadastre.service.directory.Directory;
import cadastre.service.directory.DirectoryConfiguration;
import cadastre.service.directory.DirectoryUnavailable;
import cadastre.service.failure.ConfigurationRefused;
import cadastre.service.failure.Unavailable;
import cadastre.service.health.HealthChecks;
import cadastre.service.ledger.Ledger;
import cadastre.service.ledger.PoolRegister;
import cadastre.service.periodic.PeriodicWork;
import cadastre.service.registry.Accounts;
import cadastre.service.registry.Adoption;
import cadastre.service.registry.Audit;
import cadastre.service.registry.DirectoryGuard;
import cadastre.service.registry.Follower;
import cadastre.service.registry.Forgetting;
import cadastre.service.registry.Identities;
import cadastre.service.registry.Importer;
import cadastre.service.registry.Lookups;
import cadastre.service.registry.Publisher;
import cadastre.service.registry.ReadAge;
import cadastre.service.registry.RealIdMemory;
import cadastre.service.registry.Rebinding;
import cadastre.service.registry.Reconciler;
import cadastre.service.registry.Registry;
import cadastre.service.rest.RestApi;
import cadastre.service.task.AdminTasks;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.CheckCommand;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.util.Duration;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.sourceforge.argparse4j.inf.Namespace;

/** The mapping service. */
public final class CadastreApplication extends Application<CadastreConfiguration> {
  private static final Duration COMPARE_EVERY = Duration.seconds(5);

  /** Runs the command that the arguments name. */
  public static void main(String[] args) throws Exception {
    new CadastreApplication().run(args);
  }

  /** Says in a line what was wrong, and exits with a status that scripts can tell apart. */
  @Override
  protected void onFatalError(Throwable t) {
    System.exit(Failures.report(t).code());
  }

  @Override
  protected void addDefaultCommands(Bootstrap<CadastreConfiguration> bootstrap) {
    bootstrap.addCommand(
        new ServerCommand<>(this) {
          @Override
          public void onError(Cli cli, Namespace namespace, Throwable e) {
            // Failures says it
          }
        });
    bootstrap.addCommand(
        new CheckCommand<>(this) {
          @Override
          protected void run(
              Bootstrap<CadastreConfiguration> b, Namespace namespace, CadastreConfiguration c)
              throws Exception {
            c.check();
            super.run(b, namespace, c);
          }

          @Override
          public void onError(Cli cli, Namespace namespace, Throwable e) {
            // Failures says it
          }
        });
  }

  @Override
  public String getName() {
    return "cadastre";
  }

  @Override
  public void initialize(Bootstrap<CadastreConfiguration> bootstrap) {
    bootstrap.setConfigurationSourceProvider(
        new SubstitutingSourceProvider(
            bootstrap.getConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(true)));
    ServiceCommand.all().forEach(bootstrap::addCommand);
    bootstrap.addCommand(new EventsCommand());
    bootstrap.addCommand(new RebuildCommand());
  }

  @Override
  public void run(CadastreConfiguration configuration, Environment environment) {
    configuration.check();
    LoopbackRule.apply(configuration.getServerFactory());
    RestApi.prepare(configuration.getServerFactory());
    Clock clock = Clock.systemUTC();
    // The directory first: a first start that fails over its password must not record the pools.
    Optional<Directory> directory = openDirectory(configuration, environment, clock);
    Ledger ledger = openLedger(configuration, environment);

    Accounts accounts = accounts(configuration.identity(), directory, ledger);
    DirectoryGuard guard = directory.isPresent() ? DirectoryGuard.closed() : DirectoryGuard.open();
    Publisher publisher = new Publisher(ledger, directory.map(Directory::publish), guard);
    Reconciler reconciler =
        new Reconciler(ledger, directory.map(Directory::publish), publisher, guard);
    Follower follower = new Follower(ledger, accounts, publisher, guard);
    Identities identities = new Identities(configuration.identity().identitySource(), accounts);
    Registry registry = new Registry(ledger, identities, publisher, guard);
    Lookups lookups = new Lookups(ledger);
    Rebinding rebinding = new Rebinding(ledger, accounts, identities, publisher, guard);
    Audit audit =
        new Audit(
            ledger,
            accounts,
            () ->
                Stream.of(reconciler.report(), follower.findings(), accounts.findings())
                    .flatMap(List::stream)
                    .toList(),
            clock);

    new RestApi(ledger, registry, lookups, rebinding, audit, clock).register(environment);
    new AdminTasks(
            accounts,
            reconciler,
            directory.map(d -> new Adoption(ledger, d.publish())),
            rebinding,
            follows(configuration) ? Optional.of(follower) : Optional.empty(),
            new Forgetting(accounts, guard),
            new Importer(ledger, accounts, publisher, guard, configuration.allowAbove2Gi()))
        .register(environment.admin(), environment.getObjectMapper());
    PeriodicWork reading =
        periodic(
            "reading the accounts", follows(configuration) ? follower::run : accounts::refresh);
    PeriodicWork comparing =
        periodic(
            "comparing the directory with the ledger",
            () -> guard.obstacle().ifPresent(why -> reconciler.compareAtStart()));
    List<PeriodicWork> background = List.of(reading, comparing, publisher.draining());
    new HealthChecks(ledger, directory, accounts, publisher, guard, background)
        .register(environment.healthChecks());
    schedule(configuration, environment, reading, comparing);
    environment.lifecycle().manage(new AutoCloseableManager(publisher));
    publisher.start();
  }

  /** A caller's owners are not the directory's accounts; those have real IDs all the same. */
  private static boolean follows(CadastreConfiguration configuration) {
    return configuration.identity().identitySource() == Identities.Source.DIRECTORY;
  }

  private static Ledger openLedger(CadastreConfiguration configuration, Environment environment) {
    ManagedDataSource source = LedgerSource.of(configuration.ledger(), environment.metrics());
    environment.lifecycle().manage(source);
    Ledger ledger = Ledger.open(source);
    PoolRegister.record(ledger, configuration.pools(), configuration.allowAbove2Gi());
    return ledger;
  }

  private static Optional<Directory> openDirectory(
      CadastreConfiguration configuration, Environment environment, Clock clock) {
    Optional<Directory> directory = configuration.directory().map(d -> open(d, clock));
    directory.ifPresent(d -> environment.lifecycle().manage(new AutoCloseableManager(d)));
    return directory;
  }

  private static Directory open(DirectoryConfiguration settings, Clock clock) {
    try {
      return Directory.open(settings, clock);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationRefused(List.of("directory: " + e.getMessage()));
    }
  }

  private static Accounts accounts(
      IdentitySettings settings, Optional<Directory> directory, Ledger ledger) {
    return directory
        .map(
            d ->
                new Accounts(
                    d.identity(),
                    new RealIdMemory(ledger, settings.memory()),
                    new ReadAge(settings.oldestRead())))
        .orElseGet(Accounts::none);
  }

  private static PeriodicWork periodic(String name, Runnable work) {
    return new PeriodicWork(
        name,
        work,
        t -> t instanceof Unavailable || t instanceof DirectoryUnavailable,
        Clock.systemUTC());
  }

  /** What goes on without being asked. */
  private static void schedule(
      CadastreConfiguration configuration,
      Environment environment,
      PeriodicWork reading,
      PeriodicWork comparing) {
    ScheduledExecutorService background =
        environment.lifecycle().scheduledExecutorService("background").threads(2).build();
    if (configuration.directory().isEmpty()) {
      return;
    }
    Future<?> unusedComparing =
        background.scheduleWithFixedDelay(
            comparing, 0, COMPARE_EVERY.toMilliseconds(), TimeUnit.MILLISECONDS);
    Future<?> unusedReading =
        background.scheduleWithFixedDelay(
            reading,
            0,
            configuration.identity().interval().toMilliseconds(),
            TimeUnit.MILLISECONDS);
  }
}

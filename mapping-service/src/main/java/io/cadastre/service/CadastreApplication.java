/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import io.cadastre.service.access.Authenticator;
import io.cadastre.service.cli.CommandList;
import io.cadastre.service.cli.FailureReport;
import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.config.IdentitySettings;
import io.cadastre.service.directory.Directory;
import io.cadastre.service.health.HealthChecks;
import io.cadastre.service.idmap.SssdSlices;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.logs.PrintableLayoutFactory;
import io.cadastre.service.logs.PrintableLogs;
import io.cadastre.service.registry.AccountSynchronizer;
import io.cadastre.service.registry.Accounts;
import io.cadastre.service.registry.AdminCommands;
import io.cadastre.service.registry.AdmissionRules;
import io.cadastre.service.registry.AdoptionCommands;
import io.cadastre.service.registry.Audit;
import io.cadastre.service.registry.AuditLogQueries;
import io.cadastre.service.registry.ChangeGate;
import io.cadastre.service.registry.DismissalCommands;
import io.cadastre.service.registry.ForeignRangeCommands;
import io.cadastre.service.registry.IdMapQueries;
import io.cadastre.service.registry.IdMappingFindings;
import io.cadastre.service.registry.Identities;
import io.cadastre.service.registry.IdentityCommands;
import io.cadastre.service.registry.ImportCommands;
import io.cadastre.service.registry.LedgerVerification;
import io.cadastre.service.registry.ListingQueries;
import io.cadastre.service.registry.NewlyEntitledAccounts;
import io.cadastre.service.registry.NodeReports;
import io.cadastre.service.registry.NodemapQueries;
import io.cadastre.service.registry.OwnerCommands;
import io.cadastre.service.registry.OwnerHistoryQueries;
import io.cadastre.service.registry.OwnerQueries;
import io.cadastre.service.registry.PoolUsageQueries;
import io.cadastre.service.registry.Publisher;
import io.cadastre.service.registry.RealIdCommands;
import io.cadastre.service.registry.Reconciler;
import io.cadastre.service.registry.ReservedAccounts;
import io.cadastre.service.registry.RunningWork;
import io.cadastre.service.registry.SnapshotQueries;
import io.cadastre.service.registry.StateQueries;
import io.cadastre.service.registry.TokenCommands;
import io.cadastre.service.rest.Access;
import io.cadastre.service.rest.RestApi;
import io.cadastre.service.tls.CertificateAuthenticator;
import io.cadastre.service.tls.TlsReload;
import io.cadastre.service.token.BootstrapToken;
import io.cadastre.service.token.KnownTokens;
import io.cadastre.service.token.TokenAuthenticator;
import io.cadastre.service.ui.Ui;
import io.cadastre.service.ui.session.Sessions;
import io.cadastre.service.view.CurrentView;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.logging.common.BootstrapLogging;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The mapping service. */
public final class CadastreApplication extends Application<CadastreConfiguration> {
  /** The interval of the check whether a verification is due. */
  private static final Duration CHECK_EVERY = Duration.ofSeconds(5);

  /** The time a start waits for the ledger's verification, so that small ones are ready. */
  private static final Duration VERIFIED_AT_ONCE = Duration.ofSeconds(2);

  /** Runs the command that the arguments name. */
  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      System.exit(FailureReport.noCommand().code());
    }
    new CadastreApplication().run(args);
  }

  /** Prints the mistake in a line, and exits with a status that scripts can tell apart. */
  @Override
  protected void onFatalError(Throwable t) {
    System.exit(FailureReport.report(t).code());
  }

  @Override
  protected void addDefaultCommands(Bootstrap<CadastreConfiguration> bootstrap) {
    CommandList.all(this).forEach(bootstrap::addCommand);
  }

  /** Sets up logging until the configuration is read. */
  @Override
  protected void bootstrapLogging() {
    BootstrapLogging.bootstrap(bootstrapLogLevel(), new PrintableLayoutFactory(null));
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
  }

  @Override
  public void run(CadastreConfiguration configuration, Environment environment) {
    configuration.check();
    Clock clock = Clock.systemUTC();
    TlsReload tls = Connectors.prepare(configuration.getServerFactory(), clock);
    PrintableLogs.apply(configuration.getServerFactory());
    RestApi.prepare(configuration, environment);
    Optional<BootstrapToken> bootstrap = Tokens.bootstrap(configuration, clock);
    // The directory first: a first start that fails over its password must not record the pools.
    Optional<Directory> directory = Openings.directory(configuration, environment, clock);
    Ledger ledger = Openings.ledger(configuration, environment);
    KnownTokens tokens = Tokens.of(ledger);
    IdentitySettings settings = configuration.identity();
    Accounts accounts = Accounts.of(settings, directory, ledger);
    ChangeGate gate = directory.isPresent() ? ChangeGate.closed() : ChangeGate.open();
    Publisher publisher = new Publisher(ledger, directory.map(Directory::publish), gate);
    AdmissionRules rules =
        AdmissionRules.of(configuration.reservedNames(), configuration.acceptedClaims())
            .with(settings.idMapping().orElse(SssdSlices.NONE));
    LedgerVerification verification =
        new LedgerVerification(ledger, gate, rules, clock, configuration.file());
    Background background = new Background(environment.lifecycle());
    CurrentView views = Openings.view(ledger, configuration, environment.lifecycle(), background);
    Reconciler reconciler =
        new Reconciler(ledger, directory.map(Directory::publish), publisher, gate, rules, views);
    AccountSynchronizer synchronizer =
        new AccountSynchronizer(ledger, accounts, publisher, gate, rules);
    Identities identities = new Identities(settings.identitySource(), accounts, settings.names());
    OwnerCommands owners = new OwnerCommands(ledger, identities, publisher, gate, rules);
    IdentityCommands identityCommands =
        new IdentityCommands(ledger, accounts, identities, publisher, gate, rules);
    Optional<NewlyEntitledAccounts> entitled =
        NewlyEntitledAccounts.of(settings, ledger, accounts, identities, publisher, gate, rules);
    ReservedAccounts reserved = new ReservedAccounts(ledger, accounts, rules.reservedNames());
    IdMappingFindings mapped = new IdMappingFindings(ledger, accounts, settings.idMapping());
    Audit audit =
        new Audit(
            ledger,
            accounts,
            () ->
                Stream.of(
                        verification.findings(),
                        reconciler.report(),
                        synchronizer.findings(),
                        entitled.map(NewlyEntitledAccounts::findings).orElse(List.of()),
                        directory.map(d -> d.publish().measure()).orElse(List.of()),
                        reserved.findings(),
                        mapped.findings())
                    .flatMap(List::stream)
                    .toList(),
            configuration.acknowledged(),
            clock);
    AdminCommands admin =
        new AdminCommands(
            accounts,
            tokens,
            reconciler,
            verification,
            directory.map(d -> new AdoptionCommands(ledger, d.publish(), gate, rules)),
            directory.map(d -> new DismissalCommands(ledger, d.publish(), gate, rules)),
            directory.map(d -> new ForeignRangeCommands(ledger, d.publish(), gate, rules)),
            identityCommands,
            settings.ownersAreAccounts() ? Optional.of(synchronizer) : Optional.empty(),
            entitled,
            new RealIdCommands(accounts, gate),
            new ImportCommands(ledger, accounts, identities, publisher, gate, rules));
    RunningWork works = new RunningWork(clock);
    PoolUsageQueries pools = new PoolUsageQueries(views, ledger, clock);
    TokenAuthenticator bearers = new TokenAuthenticator(tokens, bootstrap, clock);
    Authenticator people = People.of(configuration, clock, background);
    Sessions sessions = new Sessions(List.of(bearers, people), clock);
    RestApi api =
        new RestApi(
            owners,
            new OwnerQueries(views, ledger, settings.names()),
            identityCommands,
            admin,
            audit,
            pools,
            new ListingQueries(ledger, pools, settings.names()),
            new AuditLogQueries(ledger, settings.names()),
            views,
            new SnapshotQueries(views, ledger),
            new NodemapQueries(ledger, pools),
            new TokenCommands(ledger, tokens, identities, gate, clock),
            new NodeReports(ledger, clock),
            works,
            Access.of(
                configuration,
                new CertificateAuthenticator(tls, configuration.access().certificates()),
                bearers,
                people,
                sessions),
            clock);
    Ui ui =
        new Ui(
            api,
            new OwnerHistoryQueries(ledger, api.ownerQueries(), api.events(), settings.names()),
            new StateQueries(ledger, accounts, publisher, gate, directory.isPresent()),
            new IdMapQueries(views, ledger, accounts, pools),
            !identities.fromDirectory(),
            sessions,
            environment);
    ui.register(environment, configuration.getServerFactory());
    Tokens.keep(tokens, bootstrap, ledger, background);
    Connectors.keep(tls, environment.lifecycle(), background);
    DirectoryWork work =
        new DirectoryWork(accounts, synchronizer, entitled, publisher, reconciler, gate, works);
    directory.ifPresent(configured -> work.schedule(settings, background));
    background.schedule(
        "holding the ledger against its events",
        Duration.ZERO,
        CHECK_EVERY,
        () -> verification.runIfDue(works, views::awaitRead, views::holdAgainst, audit::run));
    new HealthChecks(
            ledger,
            directory,
            accounts,
            entitled,
            publisher,
            gate,
            synchronizer,
            audit,
            background.works())
        .register(environment.healthChecks());
    environment.lifecycle().manage(new AutoCloseableManager(publisher));
    publisher.start();
    verification.awaitFirst(VERIFIED_AT_ONCE);
  }
}

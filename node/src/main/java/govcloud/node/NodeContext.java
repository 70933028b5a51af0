package govcloud.node;

import com.datastax.oss.driver.api.core.CqlSession;
import govcloud.domain.catalogue.Catalogue;
import govcloud.journal.HybridClock;
import govcloud.journal.plugin.SliceJournal;
import govcloud.node.cluster.ClusterView;
import govcloud.node.eventsourcing.DamagedEntities;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.recovery.OpeningTenants;
import govcloud.node.replication.HomeArchive;
import govcloud.node.vault.PersonalData;
import java.time.Clock;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * What a running node offers to its features.
 *
 * @param system the actor system, a member of the cluster
 * @param entities all entities of the cloud
 * @param damaged entities that refuse to start
 * @param journal reads slices and entities; holds the Cassandra sessions
 * @param hybridClock of this node: who acts because of a record lets it see the record's reading
 * @param cluster members and allocation
 * @param cassandra the session for what nodes remember beside journal and views; statements name
 *     the keyspace
 * @param settings read once and validated
 * @param catalogue the apps on offer
 * @param archive what the cloud keeps for good; none where it has no keys
 * @param opening which departments are closed after the loss of a site
 * @param personal seals and opens the data of people
 * @param clock the wall clock
 */
public record NodeContext(
    ActorSystem<?> system,
    Entities entities,
    DamagedEntities damaged,
    SliceJournal journal,
    HybridClock hybridClock,
    ClusterView cluster,
    CqlSession cassandra,
    NodeSettings settings,
    Catalogue catalogue,
    Optional<HomeArchive> archive,
    OpeningTenants opening,
    PersonalData personal,
    Clock clock) {}

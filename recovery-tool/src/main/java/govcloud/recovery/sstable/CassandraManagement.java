package govcloud.recovery.sstable;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * The management of a Cassandra that the same user runs on this machine: the way that `nodetool`
 * goes, reached through its process and not through a port.
 */
final class CassandraManagement implements AutoCloseable {
  private static final String STORAGE = "org.apache.cassandra.db:type=StorageService";
  private static final String TABLE = "org.apache.cassandra.db:type=Tables,keyspace=%s,table=%s";

  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  private CassandraManagement(JMXConnector connector) throws IOException {
    this.connector = connector;
    this.beans = connector.getMBeanServerConnection();
  }

  /** The Cassandra with an identity; empty where this machine and user run none that has it. */
  static Optional<CassandraManagement> find(UUID hostId) {
    Optional<String> me = ProcessHandle.current().info().user();
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().user().equals(me))
        .filter(process -> process.info().commandLine().filter(CassandraManagement::is).isPresent())
        .flatMap(process -> attach(process.pid()).stream())
        .filter(found -> found.is(hostId))
        .findFirst();
  }

  /** Every start of Cassandra says where its files are. */
  private static boolean is(String commandLine) {
    return commandLine.contains(" -Dcassandra.") || commandLine.contains("CassandraDaemon");
  }

  @SuppressWarnings("BanJNDI") // the address is said by the JVM of this user that was attached to
  private static Optional<CassandraManagement> attach(long pid) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        String address = machine.startLocalManagementAgent();
        return Optional.of(
            new CassandraManagement(JMXConnectorFactory.connect(new JMXServiceURL(address))));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException | IOException notThis) {
      return Optional.empty();
    }
  }

  private boolean is(UUID hostId) {
    try {
      if (hostId.toString().equals(beans.getAttribute(new ObjectName(STORAGE), "LocalHostId"))) {
        return true;
      }
    } catch (JMException | IOException notACassandra) {
      // goes on to the next one
    }
    close();
    return false;
  }

  /** Folders in which it keeps the tables of all keyspaces. */
  List<Path> dataFolders() throws IOException {
    return Arrays.stream((String[]) attribute(STORAGE, "AllDataFileLocations"))
        .map(Path::of)
        .toList();
  }

  /** Folders in which it keeps a table. */
  List<Path> folders(String keyspace, String table) throws IOException {
    return ((List<?>) attribute(TABLE.formatted(keyspace, table), "DataPaths"))
        .stream().map(path -> Path.of(path.toString())).toList();
  }

  private Object attribute(String bean, String name) throws IOException {
    try {
      return beans.getAttribute(new ObjectName(bean), name);
    } catch (JMException e) {
      throw new IOException(name + " of " + bean + ": " + e.getMessage(), e);
    }
  }

  /**
   * Moves files of a table into it; Cassandra has read each of them before and compared it with its
   * checksum.
   *
   * @throws IOException when any of them is refused, or Cassandra does not answer
   */
  void load(String keyspace, String table, Path folder) throws IOException {
    Object[] arguments = {Set.of(folder.toString()), true, true, true, true, false, false, false};
    String[] types = new String[arguments.length];
    Arrays.fill(types, "boolean");
    types[0] = Set.class.getName();
    try {
      Object refused =
          beans.invoke(
              new ObjectName(TABLE.formatted(keyspace, table)),
              "importNewSSTables",
              arguments,
              types);
      if (!((List<?>) refused).isEmpty()) {
        throw new IOException("table " + table + ": refused, see Cassandra's log");
      }
    } catch (JMException | RuntimeException e) {
      throw new IOException("table " + table + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException gone) {
      // the other end has closed it
    }
  }
}

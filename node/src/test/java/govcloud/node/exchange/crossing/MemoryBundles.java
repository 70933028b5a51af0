package govcloud.node.exchange.crossing;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What survives the death of whoever uses it; a step before and after each write may end it. */
final class MemoryBundles implements BundleStore {

  private final Runnable step;
  private final NavigableMap<String, ByteString> outgoing = new TreeMap<>();
  private final Map<String, NavigableMap<Long, Sent>> sent = new HashMap<>();
  private final Map<Position, ByteString> files = new HashMap<>();
  private final Map<String, NavigableMap<Long, Position>> taken = new HashMap<>();
  private final Map<String, ByteString> kept = new HashMap<>();
  private SignedMessage standing;

  MemoryBundles(Runnable step) {
    this.step = step;
  }

  private void write(Runnable change) {
    step.run();
    change.run();
    step.run();
  }

  @Override
  public void enqueue(String cloud, String id, ByteString message) {
    write(() -> outgoing.putIfAbsent(id, message));
  }

  @Override
  public List<String> outgoing(String cloud, int most) {
    return outgoing.keySet().stream().limit(most).toList();
  }

  @Override
  public Optional<ByteString> message(String cloud, String id) {
    return Optional.ofNullable(outgoing.get(id));
  }

  @Override
  public void dequeue(String cloud, Collection<String> ids) {
    ids.forEach(id -> write(() -> outgoing.remove(id)));
  }

  private NavigableMap<Long, Sent> sentOf(String stream) {
    return sent.computeIfAbsent(stream, name -> new TreeMap<>());
  }

  private NavigableMap<Long, Position> takenOf(String stream) {
    return taken.computeIfAbsent(stream, name -> new TreeMap<>());
  }

  @Override
  public List<Sent> sent(String cloud, String stream) {
    return new ArrayList<>(sentOf(stream).values());
  }

  @Override
  public Optional<ByteString> file(String cloud, Position bundle) {
    return Optional.ofNullable(files.get(bundle));
  }

  @Override
  public boolean append(String cloud, Sent bundle, ByteString file) {
    var first = !sentOf(bundle.position().stream()).containsKey(bundle.position().number());
    write(
        () -> {
          if (first) {
            sentOf(bundle.position().stream()).put(bundle.position().number(), bundle);
            files.put(bundle.position(), file);
          }
        });
    return first;
  }

  @Override
  public void acknowledged(String cloud, Position bundle) {
    var of = sentOf(bundle.stream());
    write(
        () ->
            of.computeIfPresent(
                bundle.number(), (number, one) -> new Sent(bundle, one.at(), List.of(), false)));
    write(() -> of.headMap(bundle.number()).clear());
  }

  @Override
  public void forget(String cloud, String stream) {
    write(() -> sent.remove(stream));
    write(() -> taken.remove(stream));
  }

  @Override
  public Position taken(String cloud, String stream) {
    var last = takenOf(stream).lastEntry();
    return last == null ? Position.before(stream) : last.getValue();
  }

  @Override
  public Optional<String> taken(String cloud, String stream, long number) {
    return Optional.ofNullable(takenOf(stream).get(number)).map(Position::hash);
  }

  @Override
  public boolean take(String cloud, Position bundle) {
    var first = !takenOf(bundle.stream()).containsKey(bundle.number());
    write(() -> takenOf(bundle.stream()).putIfAbsent(bundle.number(), bundle));
    return first;
  }

  @Override
  public Optional<SignedMessage> standing(String cloud) {
    return Optional.ofNullable(standing);
  }

  @Override
  public void keep(String cloud, SignedMessage said) {
    write(() -> standing = said);
  }

  @Override
  public boolean keep(String cloud, String name, ByteString message) {
    var first = !kept.containsKey(name);
    write(() -> kept.putIfAbsent(name, message));
    return first;
  }

  @Override
  public Optional<ByteString> kept(String cloud, String name) {
    return Optional.ofNullable(kept.get(name));
  }

  /** Ids of all messages that are still to be sent. */
  int waiting() {
    return outgoing.size();
  }
}

package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes files from a folder of one cloud and puts them, sooner or later, into one of the other. */
final class Gateway {
  private final World world;
  private final Map<String, ByteString> from = new TreeMap<>();
  private final Map<String, ByteString> to = new TreeMap<>();

  Gateway(World world) {
    this.world = world;
  }

  /** What one cloud drops. */
  Map<String, ByteString> from() {
    return from;
  }

  /** What the other cloud finds. */
  Map<String, ByteString> to() {
    return to;
  }

  /** Takes what there is. */
  void work() {
    if (world.isSiblingAway()) {
      return;
    }
    List<String> names = new ArrayList<>(from.keySet());
    Collections.shuffle(names, world.random);
    for (String name : names) {
      ByteString file = from.remove(name);
      if (!world.strikes(0.03, Fault.FILE_LOST)) {
        bring(name, file);
        if (world.strikes(0.03, Fault.FILE_DOUBLED)) {
          bring(name, file);
        }
      }
    }
  }

  private void bring(String name, ByteString file) {
    boolean late = world.strikes(0.05, Fault.FILE_LATE);
    world.time.after(
        late ? world.between(20, 400) : world.between(1, 10),
        () -> {
          world.trace(() -> "gateway brings " + name);
          boolean damaged = !file.isEmpty() && world.strikes(0.02, Fault.FILE_DAMAGED);
          to.put(name, damaged ? Trouble.damaged(world, file) : file);
        });
  }
}

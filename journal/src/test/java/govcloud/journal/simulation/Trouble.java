package govcloud.journal.simulation;

/** Moves the slice, and does to nodes, entities and readers what happens to them in a bad week. */
final class Trouble {

  private final World world;
  private Node owner;
  private Node mistaken;
  private boolean closedForGood;

  Trouble(World world) {
    this.world = world;
    this.owner = world.nodes.get(0);
    this.mistaken = owner;
  }

  void start() {
    move();
    strike();
    close();
    look();
    world.time.after(World.TROUBLE, this::heal);
  }

  /** Where a client's request goes. */
  Node route() {
    return world.chance(0.5) ? owner : mistaken;
  }

  private void move() {
    if (!world.troubled()) {
      return;
    }
    Node old = owner;
    owner = anyNode();
    mistaken = owner;
    if (old != owner) {
      world.tally.count(Fault.SLICE_MOVED);
      world.trace(() -> "the slice moves from " + old + " to " + owner);
      leave(old);
    }
    world.time.after(world.between(100, world.chance(0.2) ? 1_500 : 500), this::move);
  }

  private void leave(Node old) {
    if (world.chance(0.4)) {
      world.time.after(world.between(0, 60), () -> old.run(old::release));
    } else if (old.hasEntities()) {
      world.tally.count(Fault.ENTITY_LEFT_BEHIND);
    }
    if (world.chance(0.4)) {
      world.tally.count(Fault.TWO_NODES_BELIEVE_TO_HOST);
      mistaken = old;
    }
  }

  /** A clock is to be closed; sometimes one that has passed, often one of the near future. */
  private void close() {
    if (!world.troubled()) {
      return;
    }
    Node node = route();
    long clock = node.clock().next() + ((world.between(0, 120) - 30) << 16);
    node.run(() -> node.close(clock, closed -> {}));
    if (world.chance(0.2)) {
      world.time.after(world.between(1, 100), () -> node.run(() -> node.close(clock, yes -> {})));
    }
    world.time.after(world.between(20, 400), this::close);
  }

  /** Somebody asks whoever answers, and soon again. */
  private void look() {
    if (!world.troubled()) {
      return;
    }
    look(world.chance(0.1) ? anyNode() : route(), anyEntity());
    world.time.after(world.chance(0.7) ? world.between(1, 15) : world.between(15, 200), this::look);
  }

  /** Something of an entity was acknowledged: who believes to host it is asked, whoever did. */
  void lookAfter(String entity) {
    if (world.troubled()) {
      world.time.after(world.between(0, 4), () -> look(mistaken, entity));
    }
  }

  private void look(Node node, String entity) {
    node.run(() -> node.look(entity));
  }

  /** At last a clock is closed that nothing has passed; what follows has to be later still. */
  private void closeForGood() {
    long clock = (World.START + world.time.now() + 20_000) << 16;
    owner.close(
        clock,
        closed -> {
          closedForGood = closed;
          if (!closed) {
            world.time.after(20, this::closeForGood);
          }
        });
  }

  boolean closedForGood() {
    return closedForGood;
  }

  private void strike() {
    if (!world.troubled()) {
      return;
    }
    Node node = anyNode();
    switch (world.random.nextInt(11)) {
      case 0 -> {
        world.tally.count(Fault.NODE_KILLED);
        node.kill();
      }
      case 1, 2 -> {
        world.tally.count(Fault.NODE_PAUSED);
        node.pause(world.between(20, 920));
      }
      case 3, 4 -> {
        world.tally.count(Fault.NODE_CUT_OFF);
        node.cutOff(world.between(20, 520));
      }
      case 5 -> node.run(node::crashEntity);
      case 6 -> world.readers.get(world.random.nextInt(world.readers.size())).crash();
      case 7, 8 -> {
        String entity = anyEntity();
        node.run(() -> node.scan(entity, 1, entries -> {}));
        if (world.chance(0.3)) {
          world.tally.count(Fault.NODE_PAUSED);
          world.time.after(world.between(1, 25), () -> node.pause(world.between(100, 900)));
        }
      }
      default -> {
        Node hosting = world.chance(0.7) ? owner : node;
        String entity = anyEntity();
        hosting.run(() -> hosting.recoverAside(entity));
      }
    }
    world.time.after(world.between(20, 250), this::strike);
  }

  private void heal() {
    world.trace(() -> "everything is healed");
    mistaken = owner;
    world.nodes.forEach(Node::heal);
    closeForGood();
  }

  private String anyEntity() {
    return Clients.entity(world.between(0, Clients.ENTITIES));
  }

  private Node anyNode() {
    return world.nodes.get(world.random.nextInt(World.NODES));
  }
}

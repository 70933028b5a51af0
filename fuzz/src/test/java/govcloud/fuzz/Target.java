package govcloud.fuzz;

import govcloud.cli.xes.TraceReader;
import govcloud.cli.xes.XesException;
import govcloud.cli.xes.XesLimits;
import govcloud.exchange.evidence.Material;
import govcloud.exchange.policy.PolicyCompiler;
import govcloud.exchange.policy.PolicyException;
import govcloud.exchange.policy.PolicyInput;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.leaf.Opening;
import govcloud.ledger.note.Checkpoint;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.witness.Shipment;
import govcloud.node.exchange.crossing.CrossingException;
import govcloud.node.exchange.crossing.SignedMessage;
import govcloud.node.http.Json;
import govcloud.node.http.ProblemException;
import govcloud.node.identity.IdentityInputs;
import govcloud.node.projection.ConsistencyToken;
import govcloud.node.wire.WireInputs;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.DamagedReplicaException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What comes from outside, and what reads it. A reader takes its input or refuses it by the
 * exception that its callers expect; everything else is a finding.
 */
enum Target {
  NOTE(LedgerException.class, input -> SignedNote.parse(input, "note")),
  CHECKPOINT(LedgerException.class, input -> Checkpoint.parse(text(input), "checkpoint")),
  PROOF(LedgerException.class, input -> LogProof.parse(input, "proof")),
  LEAF(LedgerException.class, Target::leaf),
  OPENING(LedgerException.class, input -> Opening.parse(input, "opening")),
  MATERIAL(LedgerException.class, input -> Material.parse(input, "material")),
  TRUST_POLICY(LedgerException.class, input -> TrustPolicy.parse(input, "policy")),
  SHIPMENT(LedgerException.class, Shipment::parse),
  REPLICA(DamagedReplicaException.class, SignedReplica::read),
  CARD(KeyException.class, CloudCard::parse),
  POLICY(PolicyException.class, input -> new PolicyCompiler().compile(text(input))),
  POLICY_INPUT(IllegalArgumentException.class, input -> PolicyInput.parse(text(input))),
  JSON(ProblemException.class, Json::read),
  FORM(ProblemException.class, input -> IdentityInputs.form(text(input))),
  PASSKEY(ProblemException.class, input -> IdentityInputs.passkey(text(input))),
  CONSISTENCY_TOKEN(IllegalArgumentException.class, input -> token(text(input))),
  XES(XesException.class, Target::xes),
  CLOUD_MESSAGE(CrossingException.class, Target::message),
  REQUEST_BYTES(IllegalArgumentException.class, WireInputs::requests);

  private static final XesLimits LIMITS = new XesLimits(16, 1 << 16, 1_000, 10_000);

  private interface Reader {
    void read(byte[] input) throws Exception;
  }

  private final Class<? extends Exception> refusal;

  @SuppressWarnings("ImmutableEnumChecker") // readers hold nothing
  private final Reader reader;

  Target(Class<? extends Exception> refusal, Reader reader) {
    this.refusal = refusal;
    this.reader = reader;
  }

  /** Reads an input; fails with whatever nobody expects. */
  void take(byte[] input) throws Exception {
    try {
      reader.read(input);
    } catch (Exception e) {
      if (!refusal.isInstance(e)) {
        throw e;
      }
    }
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  /** An entry has one form, or two leaves would be evidence of the same. */
  private static void leaf(byte[] input) throws LedgerException {
    if (Leaf.parse(input, "leaf") instanceof Entry entry
        && !Arrays.equals(entry.toBytes(), input)) {
      throw new IllegalStateException("leaf: taken in another form than its own");
    }
  }

  /** A message has one form, or a captured one could come again in another. */
  private static void message(byte[] input) throws CrossingException {
    if (!Arrays.equals(SignedMessage.parse(input).toBytes(), input)) {
      throw new IllegalStateException("message: taken in another form than its own");
    }
  }

  private static void token(String text) {
    var token = ConsistencyToken.parse(text, 16);
    if (!ConsistencyToken.parse(token.toString(), 16).equals(token)) {
      throw new IllegalStateException("token: another one when it is read again");
    }
  }

  private static void xes(byte[] input) {
    try (var reader = new TraceReader(new ByteArrayInputStream(input), LIMITS)) {
      while (reader.next().isPresent()) {
        // each trace is read for what it does on the way
      }
    }
  }
}

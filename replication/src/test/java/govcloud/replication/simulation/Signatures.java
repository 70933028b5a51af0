package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Remembers signatures and what was found about them; each is a function of its inputs. Each thread
 * has its own memory.
 */
public final class Signatures {
  private static final int MOST = 20_000;
  private static final ThreadLocal<Map<List<ByteString>, Object>> KNOWN =
      ThreadLocal.withInitial(
          () ->
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<List<ByteString>, Object> eldest) {
                  return size() > MOST;
                }
              });

  private Signatures() {}

  /** Whether a key made a signature. */
  public static boolean verify(ByteString publicKey, byte[] signature, byte[] message) {
    List<ByteString> of =
        List.of(publicKey, ByteString.copyFrom(signature), ByteString.copyFrom(message));
    return (Boolean)
        known(
            of,
            () ->
                Ed25519.verify(
                    signature, 0, publicKey.toByteArray(), 0, message, 0, message.length));
  }

  /** The signature of a message; Ed25519 has one for each. */
  public static byte[] sign(Ed25519PrivateKeyParameters key, ByteString id, byte[] message) {
    return ((ByteString)
            known(
                List.of(id, ByteString.copyFrom(message)),
                () -> {
                  byte[] made = new byte[Ed25519.SIGNATURE_SIZE];
                  key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, made, 0);
                  return ByteString.copyFrom(made);
                }))
        .toByteArray();
  }

  private static Object known(List<ByteString> of, Supplier<Object> otherwise) {
    Map<List<ByteString>, Object> known = KNOWN.get();
    Object value = known.get(of);
    if (value == null) {
      value = otherwise.get();
      known.put(of, value);
    }
    return value;
  }
}

package govcloud.cli.approval;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.HashMap;
import java.util.Map;

/**
 * A passkey's public half in COSE form (RFC 9052, section 7): ES256, EdDSA or RS256. Read by the
 * JDK alone, so that a proof is checked by other code than that which took it in.
 *
 * @param algorithm of signatures, as the JDK names it
 */
record CoseKey(String algorithm, PublicKey key) {

  private static final int TYPE = 1;
  private static final int ALGORITHM = 3;
  private static final int ES256 = -7;
  private static final int EDDSA = -8;
  private static final int RS256 = -257;

  private static final int UNSIGNED = 0;
  private static final int NEGATIVE = 1;
  private static final int BYTES = 2;
  private static final int MAP = 5;

  /**
   * Reads a key.
   *
   * @throws GeneralSecurityException if it is none
   */
  static CoseKey read(byte[] cose) throws GeneralSecurityException {
    try {
      ByteBuffer in = ByteBuffer.wrap(cose);
      Map<Long, Object> members = members(in);
      if (in.hasRemaining()) {
        throw new GeneralSecurityException("public key: more behind it");
      }
      return switch ((int) number(members, ALGORITHM)) {
        case ES256 -> elliptic(members);
        case EDDSA -> edwards(members);
        case RS256 -> rsa(members);
        default -> throw new GeneralSecurityException("algorithm: not ES256, EdDSA or RS256");
      };
    } catch (BufferUnderflowException e) {
      throw new GeneralSecurityException("public key: cut off", e);
    }
  }

  /** Whether {@code signature} is by this key over {@code data}. */
  boolean verifies(byte[] data, byte[] signature) throws GeneralSecurityException {
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(key);
    verifier.update(data);
    return verifier.verify(signature);
  }

  private static CoseKey elliptic(Map<Long, Object> in) throws GeneralSecurityException {
    require(in, TYPE, 2);
    require(in, -1, 1);
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point = new ECPoint(unsigned(in, -2), unsigned(in, -3));
    return new CoseKey(
        "SHA256withECDSA",
        KeyFactory.getInstance("EC")
            .generatePublic(
                new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class))));
  }

  private static CoseKey edwards(Map<Long, Object> in) throws GeneralSecurityException {
    require(in, TYPE, 1);
    require(in, -1, 6);
    byte[] little = bytes(in, -2).clone();
    if (little.length != 32) {
      throw new GeneralSecurityException("x: " + little.length + " bytes (expected: 32)");
    }
    boolean odd = little[31] < 0;
    little[31] &= 0x7f;
    byte[] big = new byte[32];
    for (int i = 0; i < 32; i++) {
      big[i] = little[31 - i];
    }
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, big));
    return new CoseKey(
        "Ed25519",
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point)));
  }

  private static CoseKey rsa(Map<Long, Object> in) throws GeneralSecurityException {
    require(in, TYPE, 3);
    return new CoseKey(
        "SHA256withRSA",
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(unsigned(in, -1), unsigned(in, -2))));
  }

  private static BigInteger unsigned(Map<Long, Object> in, long label)
      throws GeneralSecurityException {
    return new BigInteger(1, bytes(in, label));
  }

  private static byte[] bytes(Map<Long, Object> in, long label) throws GeneralSecurityException {
    if (in.get(label) instanceof byte[] bytes) {
      return bytes;
    }
    throw new GeneralSecurityException("public key: no bytes at " + label);
  }

  private static long number(Map<Long, Object> in, long label) throws GeneralSecurityException {
    if (in.get(label) instanceof Long number) {
      return number;
    }
    throw new GeneralSecurityException("public key: no number at " + label);
  }

  private static void require(Map<Long, Object> in, long label, long expected)
      throws GeneralSecurityException {
    if (number(in, label) != expected) {
      throw new GeneralSecurityException(
          "public key: " + number(in, label) + " at " + label + " (expected: " + expected + ")");
    }
  }

  /** A CBOR map from numbers to numbers or bytes (RFC 8949), which is all that a key is. */
  private static Map<Long, Object> members(ByteBuffer in) throws GeneralSecurityException {
    int head = in.get() & 0xff;
    if (head >> 5 != MAP) {
      throw new GeneralSecurityException("public key: no map");
    }
    Map<Long, Object> members = new HashMap<>();
    for (long left = length(in, head); left > 0; left--) {
      if (!(value(in) instanceof Long label)) {
        throw new GeneralSecurityException("public key: a label that is no number");
      }
      if (members.put(label, value(in)) != null) {
        throw new GeneralSecurityException("public key: twice something at " + label);
      }
    }
    return members;
  }

  private static Object value(ByteBuffer in) throws GeneralSecurityException {
    int head = in.get() & 0xff;
    long length = length(in, head);
    return switch (head >> 5) {
      case UNSIGNED -> length;
      case NEGATIVE -> -1 - length;
      case BYTES -> {
        if (length > in.remaining()) {
          throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        yield bytes;
      }
      default -> throw new GeneralSecurityException("public key: neither numbers nor bytes");
    };
  }

  private static long length(ByteBuffer in, int head) throws GeneralSecurityException {
    int small = head & 0x1f;
    return switch (small) {
      case 24 -> in.get() & 0xff;
      case 25 -> in.getShort() & 0xffff;
      default -> {
        if (small > 23) {
          throw new GeneralSecurityException("public key: longer than any");
        }
        yield small;
      }
    };
  }
}

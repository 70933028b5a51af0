package govcloud.fuzz;

import govcloud.replication.statement.StatementKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where chance begins: inputs of each target's form, and everything that was found before. */
final class Seeds {

  /** Inputs that were findings once, by target. */
  static final Path FINDINGS = Path.of("src/test/findings");

  private static final Path GOLDEN = Path.of("../replication/src/test/resources/golden/replica");
  private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

  private static final String REQUEST_BYTES =
      String.join(
          "\r\n",
          "PUT / HTTP/1.1",
          "Host: a",
          "Transfer-Encoding: chunked",
          "",
          "5;a=b",
          "hello",
          "0",
          "",
          "PUT / HTTP/1.1",
          "Content-Length: 5",
          "",
          "helloGET / HTTP/1.1",
          "",
          "");

  private static final String CLOUD_MESSAGE =
      "{\"body\":{\"case\":{\"matter\":\"administrative-approval\",\"name\":\"permi"
          + "ts/c-1\",\"state\":\"submitted\"},\"claims\":{},\"department\":\"transport\""
          + ",\"fields\":[\"plate\"],\"person\":\"zhang-san\",\"role\":\"window-clerk\",\""
          + "subject\":{\"kind\":\"person\",\"number\":\"99999919900101123X\"}},\"head\":"
          + "{\"address\":\"ce0b1c75bd6d8b9f264b479117b62de3555732b29f5d20ca71cd32366effa"
          + "1a4\",\"agreement\":\"violations\",\"answers\":\"\",\"at\":\"2026-11-29T08:3"
          + "0:00Z\",\"body_hash\":\"caa8c9e28c5f4bf983c27edc373e331837a585824aa067fc0e84"
          + "44cae1179b27\",\"format\":\"govcloud exchange v1\",\"kind\":\"query\",\"mess"
          + "age\":\"2026-000218-1\",\"nonce\":\"00112233445566778899aabbccddeeff\",\"rec"
          + "eiver\":\"harbour\",\"sender\":\"mountain\"},\"key\":\"34750f98bd59fcfc946da"
          + "45aaabe933b\",\"signature\":\"82c63388de27bb4d498dab3bc8f6fa8412a0bf076c8e6e"
          + "5a6a30652749a95da04a496057f04d201975bc9629c402b5a178360f25cb66bc737d441f7dc8"
          + "ef690f\"}";

  private Seeds() {}

  static List<byte[]> of(Target target) throws IOException {
    var all = new ArrayList<byte[]>();
    if (target == Target.REPLICA) {
      all.addAll(replica());
    } else {
      all.add(text(target).getBytes(StandardCharsets.UTF_8));
    }
    all.addAll(findings(target));
    return all;
  }

  /** Those of all targets, as {@link FuzzEntry#ALL} reads them. */
  static List<byte[]> ofAll() throws IOException {
    var all = new ArrayList<byte[]>();
    var targets = List.of(Target.values());
    for (var target : targets) {
      for (var seed : of(target)) {
        all.add(
            ByteBuffer.allocate(seed.length + 1)
                .put((byte) targets.indexOf(target))
                .put(seed)
                .array());
      }
    }
    return all;
  }

  private static String text(Target target) {
    return switch (target) {
      case NOTE ->
          "example.gov/log\n5\n"
              + ROOT
              + "\n\n— example.gov/log Az3grlgtzPICa5OS8npVmf1Myq/5IZni\n";
      case CHECKPOINT -> "example.gov/log\n5\n" + ROOT + "\n";
      case PROOF ->
          "c2sp.org/tlog-proof@v1\nindex 3\n"
              + ROOT
              + "\n\nexample.gov/log\n5\n"
              + ROOT
              + "\n\n— a b\n";
      case LEAF, SHIPMENT -> "\1\1\0\0\0\0\0\0\0\0";
      case OPENING ->
          "{\"leaf\": \"AQE=\", \"fields\": {\"a\": {\"key\": \"AQE=\", \"value\": 1}}}";
      case MATERIAL ->
          "{\"format\": \"govcloud exchange material v1\", \"exchange\": \"0f\", \"log\": \"a+b+c\","
              + " \"index\": 17, \"terms\": \"{}\", \"input\": \"{}\", \"openings\": [\"\"]}";
      case TRUST_POLICY ->
          "log example.gov/log+3f6c2bd1+AQID\nwitness w example.gov/w+3f6c2bd1+BAID\nquorum w\n";
      case CARD -> "{\"cloud\": \"harbour\", \"keys\": [], \"recovery\": \"AQE=\"}";
      case POLICY -> "consumer == 'transport' && fields.all(f, f in ['points', 'plate'])";
      case POLICY_INPUT -> "{\"consumer\": \"transport\", \"fields\": [\"points\"], \"hour\": 9}";
      case JSON -> "{\"a\": [1, 2.5, \"\\u4e2d\", null, true], \"b\": {\"c\": \"\\ud83d\\ude00\"}}";
      case FORM -> "account=zhang-san&password=rain+over%20the&code=123456";
      case PASSKEY ->
          "{\"id\": \"AQE\", \"rawId\": \"AQE\", \"type\": \"public-key\", \"response\":"
              + " {\"clientDataJSON\": \"e30\", \"authenticatorData\": \"AQE\", \"signature\":"
              + " \"AQE\"}, \"clientExtensionResults\": {}}";
      case CONSISTENCY_TOKEN -> "3-9223372036854775807";
      case CLOUD_MESSAGE -> CLOUD_MESSAGE;
      case XES ->
          "<?xml version=\"1.0\"?><log xes.version=\"1.0\"><trace><string key=\"concept:name\""
              + " value=\"c-1\"/><event><date key=\"time:timestamp\""
              + " value=\"2026-03-02T09:00:00+08:00\"/></event></trace></log>";
      case REQUEST_BYTES -> REQUEST_BYTES;
      case REPLICA -> throw new IllegalArgumentException(target.name());
    };
  }

  private static List<byte[]> replica() throws IOException {
    var all = new ArrayList<byte[]>();
    try (var files = Files.walk(GOLDEN)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        var name = file.getFileName().toString();
        for (var kind : StatementKind.values()) {
          if (name.endsWith(ending(kind))) {
            all.add(SignedReplica.input(kind, Files.readAllBytes(file)));
          }
        }
      }
    }
    return all;
  }

  private static String ending(StatementKind kind) {
    return switch (kind) {
      case SEGMENT -> ".gseg";
      case MANIFEST -> ".gman";
      case CUT -> ".gcut";
      case COUNTERSIGNATURE -> ".gcnt";
      case RECEIPT -> ".grcp";
      case KEY -> ".gkey";
      case VAULT -> ".gvlt";
    };
  }

  private static List<byte[]> findings(Target target) throws IOException {
    var folder = FINDINGS.resolve(target.name());
    var all = new ArrayList<byte[]>();
    if (Files.isDirectory(folder)) {
      try (var files = Files.list(folder)) {
        for (var file : files.sorted().toList()) {
          all.add(Files.readAllBytes(file));
        }
      }
    }
    return all;
  }
}

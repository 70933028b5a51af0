package govcloud.cli.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.cli.TestApi;
import govcloud.cli.TestTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordCommandsTest {
  private static final String ID = "0f0e0d0c0b0a09080706050403020100";

  @TempDir private Path folder;
  private Path token;
  private final TestTerminal terminal = new TestTerminal();

  @BeforeEach
  void writeToken() throws IOException {
    token = Files.writeString(folder.resolve("token"), "secret\n");
  }

  private int run(TestApi api, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", api.url(), "--token-file", token.toString()));
    return terminal.run(all.toArray(new String[0]));
  }

  @Test
  void material_fetched_isWrittenAsItCame() throws IOException {
    String said = "{\"format\":\"govcloud exchange material v1\"}";
    Path to = folder.resolve("17.json");
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, said))) {
      assertThat(
              run(api, "exchange", "material", "transport", ID, "--open", "clerk", "--to", "" + to))
          .isZero();
      assertThat(to).hasContent(said);
      assertThat(api.requests().get(0).target())
          .isEqualTo("/v1/exchange/records/transport/" + ID + "/material");
      assertThat(api.requests().get(0).body().toString()).isEqualTo("{\"open\":[\"clerk\"]}");
    }
  }

  @Test
  void field_opened_isAskedForInTheNameOfWhoeverMay() throws IOException {
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, "an opening"))) {
      String[] asked = {
        "exchange", "opening", "transport", ID, "plate", "--values", "[\"A1\",null]"
      };
      List<String> own = new ArrayList<>(List.of(asked));
      own.addAll(List.of("--tenant", "police", "--to", "" + folder.resolve("own.txt")));
      assertThat(run(api, own.toArray(new String[0]))).isZero();
      List<String> any = new ArrayList<>(List.of(asked));
      any.addAll(List.of("--to", "" + folder.resolve("any.txt")));
      assertThat(run(api, any.toArray(new String[0]))).isZero();
      assertThat(api.requests().get(0).target())
          .isEqualTo("/v1/tenants/police/exchange-records/transport/" + ID + "/opening");
      assertThat(api.requests().get(1).target())
          .isEqualTo("/v1/exchange/records/transport/" + ID + "/opening");
      assertThat(api.requests().get(1).body().toString())
          .isEqualTo("{\"field\":\"plate\",\"values\":[\"A1\",null]}");
      asked[6] = "A1";
      List<String> wrong = new ArrayList<>(List.of(asked));
      wrong.addAll(List.of("--to", "" + folder.resolve("wrong.txt")));
      assertThat(run(api, wrong.toArray(new String[0]))).isEqualTo(2);
      assertThat(api.requests()).hasSize(2);
    }
  }
}

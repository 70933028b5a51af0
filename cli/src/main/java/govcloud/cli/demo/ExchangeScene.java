package govcloud.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A resource, an agreement about it, and what happens under it: data, in a file beside this class.
 *
 * @param json the whole scene
 */
record ExchangeScene(JsonNode json) {
  private static final String FOLDER = "exchange/";
  private static final List<String> NAMES =
      List.of(
          "violations", "certificates", "conduct", "credit", "epidemic", "assistance", "bicycles");

  /** The departments and people of all scenes. */
  static JsonNode cast(ObjectMapper mapper) {
    return read(mapper, "cast", "");
  }

  /**
   * Scenes, in the order in which they are shown.
   *
   * @param names of those that are wanted; null: all
   * @param run tells what is made anew each time from what was made before; an identifier
   * @throws CommandFailure when there is none of a name
   */
  static List<ExchangeScene> named(ObjectMapper mapper, List<String> names, String run) {
    List<String> wanted = names == null ? NAMES : names;
    for (String name : wanted) {
      if (!NAMES.contains(name)) {
        throw new CommandFailure(
            ExitCode.USAGE, "USAGE", "--scene: " + name + " (expected: one of " + NAMES + ")");
      }
    }
    List<ExchangeScene> scenes = new ArrayList<>();
    wanted.forEach(name -> scenes.add(new ExchangeScene(read(mapper, name, run))));
    return scenes;
  }

  private static JsonNode read(ObjectMapper mapper, String name, String run) {
    try (InputStream file = ExchangeScene.class.getResourceAsStream(FOLDER + name + ".json")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return mapper.readTree(text.replace("{run}", run));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The department that has the data. */
  String owner() {
    return json.path("owner").asText();
  }

  /** The resource. */
  String resource() {
    return json.path("resource").asText();
  }

  /** The agreement, which its consumer names. */
  String agreement() {
    return json.at("/agreement/id").asText();
  }

  /** The department that asks. */
  String consumer() {
    return json.at("/agreement/consumer").asText();
  }

  /** The terms, but for parties and dates. */
  JsonNode terms() {
    return json.at("/agreement/terms");
  }

  /** The app and the id of the cited case. */
  String cited() {
    return json.at("/case/app").asText() + "/" + json.at("/case/id").asText();
  }

  /** What happens, one after the other. */
  Iterable<JsonNode> steps() {
    return json.path("steps");
  }
}

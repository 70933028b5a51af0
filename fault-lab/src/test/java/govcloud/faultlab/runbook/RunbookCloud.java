package govcloud.faultlab.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.faultlab.sandbox.Signals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cloud and its sibling with demo data, at whose machines a runbook is typed.
 *
 * @param folder of everything
 */
record RunbookCloud(Path folder) {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Its name. */
  static final String NAME = "extranet";

  /** Whether there is something to start. */
  static boolean isPackaged() {
    return Files.exists(ROOT.resolve("recovery-tool/target/govcloud-recover.jar"));
  }

  /** Starts them, with departments, apps and one case in each: a rehearsal needs no more. */
  static RunbookCloud up(Path folder) throws IOException, InterruptedException {
    RunbookCloud cloud = new RunbookCloud(folder);
    cloud.govcloud("up", "--nodes=1", "--port=0", "--cases=1");
    return cloud;
  }

  Path home() {
    return folder.resolve("home");
  }

  Path sibling() {
    return home().resolve("sibling");
  }

  /** Runs a command that has to succeed at the cloud; what it says. */
  String govcloud(String... words) throws IOException, InterruptedException {
    return run("govcloud", words);
  }

  /** Runs one of the programs that lie beside each other. */
  String run(String program, String... words) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(ROOT.resolve(program).toString()));
    line.addAll(List.of(words));
    Path errors = errors();
    ProcessBuilder builder = new ProcessBuilder(line).redirectError(errors.toFile());
    builder.environment().put("GOVCLOUD_NO_BUILD", "1");
    builder.environment().put("GOVCLOUD_HOME", home().toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return out;
  }

  /** The same, said as JSON. */
  JsonNode json(String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--output=json");
    return new ObjectMapper().readTree(govcloud(all.toArray(new String[0])));
  }

  /** Where the words of the command that runs, or ran last, are that are not its result. */
  Path errors() {
    return folder.resolve("errors.txt");
  }

  /** Its supervisor, its Cassandra and its nodes. */
  List<Long> processes() throws IOException {
    JsonNode cloud = new ObjectMapper().readTree(home().resolve("cloud.json").toFile());
    List<Long> all = new ArrayList<>();
    all.add(cloud.path("supervisor_pid").asLong());
    all.add(cloud.path("cassandra").path("pid").asLong());
    cloud.path("nodes").forEach(node -> all.add(node.path("pid").asLong()));
    return all;
  }

  /** Where its nodes send what they replicate. */
  String addressOfSibling() throws IOException {
    Matcher address =
        Pattern.compile("sibling-addresses = \\[\"([^\"]+)\"")
            .matcher(Files.readString(home().resolve("nodes/node-1/node.conf")));
    assertThat(address.find()).isTrue();
    return address.group(1);
  }

  /** A person at the machines; {@code own} is what the runbook calls the cloud's own. */
  Typing typing(Runbook runbook, String own) {
    return new Typing(runbook, ROOT, folder, Map.of("", home(), own, home(), "sibling", sibling()));
  }

  /** Ends it, also where it was stopped. */
  void down() throws IOException, InterruptedException {
    processes().forEach(Signals::resume);
    govcloud("down");
  }
}

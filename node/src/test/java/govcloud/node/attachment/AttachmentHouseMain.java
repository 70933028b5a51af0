package govcloud.node.attachment;

import java.nio.file.Path;

/** The house in a process of its own; says its address, and ends with its standard input. */
final class AttachmentHouseMain {

  private AttachmentHouseMain() {}

  public static void main(String[] arguments) throws Exception {
    var out = System.out;
    // Nobody reads what is logged: a full pipe would stop it.
    System.setOut(System.err);
    try (var house =
        new AttachmentHouse(Path.of(arguments[0]), "govcloud.attachments.max-size = 200 MiB")) {
      out.println(house.url);
      out.flush();
      System.in.readAllBytes();
    }
    System.exit(0);
  }
}

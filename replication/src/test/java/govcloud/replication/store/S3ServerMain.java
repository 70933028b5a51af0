package govcloud.replication.store;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

/** An S3 server in a process of its own; says its port, and ends with its standard input. */
final class S3ServerMain {
  static final String IDENTITY = "archive";
  static final String CREDENTIAL = "archive-of-a-test";

  private S3ServerMain() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    // Nobody reads what the server logs: a full pipe would stop it.
    System.setOut(System.err);
    Properties properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", arguments[0]);
    Files.createDirectories(Path.of(arguments[0]));
    try (BlobStoreContext context =
        ContextBuilder.newBuilder("filesystem-nio2")
            .credentials(IDENTITY, CREDENTIAL)
            .overrides(properties)
            .build(BlobStoreContext.class)) {
      S3Proxy server =
          S3Proxy.builder()
              .blobStore(context.getBlobStore())
              .awsAuthentication(AuthenticationType.AWS_V4, IDENTITY, CREDENTIAL)
              .endpoint(URI.create("http://127.0.0.1:0"))
              .build();
      server.start();
      out.println("port " + server.getPort());
      out.flush();
      System.in.readAllBytes();
      server.stop();
    }
  }
}

package govcloud.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.pki.request.ContentDigest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Sends and fetches files as streams. */
public final class FileTransfer {
  private static final int BUFFER = 1 << 16;

  private FileTransfer() {}

  /** Hears how far a transfer is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Tells it.
     *
     * @param share of the whole, 0 to 1
     * @param bytes so far
     * @param note a few words beside it
     */
    void update(double share, long bytes, String note);
  }

  /**
   * Sends a file; safe to send again, since the same content has the same address.
   *
   * @return the answer's body
   * @throws CommandFailure when the file cannot be read, or the answer is a problem
   */
  public static JsonNode send(
      ApiClient api, ApiRequest request, String type, Path file, Progress progress) {
    try {
      long length = Files.size(file);
      BodyPublisher stream =
          BodyPublishers.ofInputStream(() -> new Counted(file, length, progress));
      return length == 0
          ? empty(file)
          : api.upload(
                  request,
                  type,
                  BodyPublishers.fromPublisher(stream, length),
                  () -> Optional.of(digest(file)))
              .body();
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "FILE_NOT_READ", "Cannot read " + file + " (" + e.getMessage() + ").");
    }
  }

  private static String digest(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return ContentDigest.of(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode empty(Path file) {
    throw new CommandFailure(ExitCode.FAILED, "FILE_EMPTY", file + " is empty.");
  }

  /**
   * Fetches a file; what is there already is not overwritten, and half a file is removed.
   *
   * @throws CommandFailure when it cannot be written or did not come whole, or the answer is a
   *     problem
   */
  public static void fetch(ApiClient api, ApiRequest request, Path target, Progress progress) {
    boolean whole = false;
    try (OutputStream out =
        Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      copy(api.open(request, "*/*, application/problem+json"), out, progress);
      whole = true;
    } catch (FileAlreadyExistsException e) {
      whole = true; // somebody else's, and not to be removed
      throw new CommandFailure(
          ExitCode.FAILED,
          "FILE_NOT_FETCHED",
          "Cannot fetch " + target + ": it exists (expected: a name that is free).");
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "FILE_NOT_FETCHED",
          "Cannot fetch " + target + " whole (" + e.getMessage() + ").");
    } finally {
      if (!whole) {
        remove(target);
      }
    }
  }

  private static void copy(HttpResponse<InputStream> answer, OutputStream out, Progress progress)
      throws IOException {
    long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
    long done = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = answer.body()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        done += read;
        progress.update((double) done / Math.max(1, length), done, "");
      }
    }
    if (done != length) {
      throw new IOException(done + " bytes (expected: " + length + ")");
    }
  }

  private static void remove(Path target) {
    try {
      Files.deleteIfExists(target);
    } catch (IOException ignored) {
      // The failure before this one is what counts.
    }
  }

  /** A file that tells how far it was read. */
  private static final class Counted extends FilterInputStream {
    private final long length;
    private final Progress progress;
    private long done;

    Counted(Path file, long length, Progress progress) {
      super(open(file));
      this.length = length;
      this.progress = progress;
    }

    private static InputStream open(Path file) {
      try {
        return Files.newInputStream(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      int read = in.read(into, from, most);
      done += Math.max(0, read);
      progress.update((double) done / length, done, "");
      return read;
    }
  }
}

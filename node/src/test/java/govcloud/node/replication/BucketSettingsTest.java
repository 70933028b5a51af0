package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.node.ReferenceKeys;
import govcloud.replication.store.S3ArchiveStore;
import govcloud.replication.store.S3BlobStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketSettingsTest {

  @TempDir private Path folder;

  private static ReplicationSettings read(String text) {
    return ReplicationSettings.from(
        ConfigFactory.parseString(text).withFallback(ReferenceKeys.reference()).resolve());
  }

  @ParameterizedTest
  @ValueSource(strings = {"archive-bucket", "received-bucket"})
  void everyKey_reference_isMappedAndExplained(String key) {
    ReferenceKeys.requireMappedAndExplained("govcloud.replication." + key, BucketSettings.class);
  }

  @Test
  void nothingSet_read_isNoBucket() {
    assertThat(read("").archiveBucket()).isEmpty();
    assertThat(read("").receivedBucket()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name = A | name: A (expected: 3 to 63 small letters",
        "prefix = harbour | prefix: harbour (expected: empty, or a slash at its end)",
        "endpoint = \"http://store.example\" | endpoint: http://store.example (expected: https://host",
        "region = \"\" | region: \"\" (expected: the bucket's region)",
        "credentials-file = \"\" | credentials-file: \"\" (expected: a file with credentials)"
      })
  void wrongValue_read_namesKeyValueAndExpectation(String setting, String message) {
    assertThatThrownBy(
            () ->
                read(
                    "govcloud.replication.archive-bucket { name = replica, credentials-file = c, "
                        + setting
                        + " }"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("govcloud.replication.archive-bucket." + message);
  }

  private ArchivePlace open(String credentials, String mode) throws Exception {
    Path file = Files.writeString(folder.resolve("credentials"), credentials);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    var settings =
        read(
            """
            govcloud.replication.archive-bucket {
              name = replica, prefix = "harbour/", endpoint = "http://127.0.0.1:9"
              credentials-file = "%s"
            }"""
                .formatted(file));
    return ArchivePlace.open("archive", folder, settings.archiveBucket());
  }

  @Test
  void bucket_withCredentials_isWhereFilesAndBlobsLie() throws Exception {
    ArchivePlace place =
        open("[default]\naws_access_key_id = a\naws_secret_access_key = b\n", "rw-------");
    assertThat(place.store()).isInstanceOf(S3ArchiveStore.class);
    assertThat(place.blobs()).isInstanceOf(S3BlobStore.class);
    assertThat(place.name()).isEqualTo("bucket replica/harbour/");
  }

  @Test
  void credentials_thatOthersCanRead_areRefused() {
    assertThatThrownBy(() -> open("[default]\n", "rw-r--r--"))
        .hasMessageStartingWith("govcloud.replication.archive-bucket.credentials-file: ")
        .hasMessageContaining("mode rw-r--r-- (expected: rw-------)");
  }

  @Test
  void credentials_thatAreNone_areRefused() {
    assertThatThrownBy(() -> open("[other]\nregion = x\n", "rw-------"))
        .hasMessageContaining("no credentials in it (expected: [default]");
  }
}

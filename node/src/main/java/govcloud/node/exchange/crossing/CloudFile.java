package govcloud.node.exchange.crossing;

import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * A file on its way between clouds. What it is called is not signed; what it says has the digest
 * that is.
 *
 * @param fileName what people call it
 * @param length how many bytes follow
 */
public record CloudFile(
    String mediaType, String fileName, long length, Source<ByteString, NotUsed> bytes) {}

package dev.tarry.admin.http;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/// Netty's decoder, refusing what it would otherwise put right: two ways of saying how long a body is are how
/// requests get smuggled (RFC 9112 §6.1).
final class RequestDecoder extends HttpRequestDecoder {
    private static final int MAX_CHUNK = 64 * 1024;

    RequestDecoder() {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(HttpListener.MAX_LINE)
                .setMaxHeaderSize(HttpListener.MAX_HEADER)
                .setMaxChunkSize(MAX_CHUNK)
                .setAllowDuplicateContentLengths(false)
                .setStrictLineParsing(true)
                .setValidateHeaders(true));
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
    }
}

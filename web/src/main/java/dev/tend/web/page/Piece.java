package dev.tend.web.page;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Something that a browser asks for by its path.
 *
 * @param body read-only
 * @param etag without quotes; other bytes, another tag
 * @param headers what else is said with it
 */
public record Piece(String type, ByteBuffer body, String etag, Map<String, String> headers) {}

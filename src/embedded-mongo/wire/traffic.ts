/** What went over the wire since the start: bytes and messages. */
export class Traffic {
  bytesIn = 0;
  bytesOut = 0;
  requests = 0;
}

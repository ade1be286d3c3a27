/*
 * The streams of an SRTP session by SSRC, in a hash table. libsrtp 2 looks the stream up for every packet, and its own
 * linked list costs a cache miss per stream that it passes: a fifth of the worker's CPU when a transport sends dozens.
 * libsrtp lets its list be replaced (SRTP_NO_STREAM_LIST); include/stream_list_priv.h in its source is the contract.
 */
#include "stream_list_priv.h"
#include "alloc.h"

#define BUCKET_BITS 7

/* `next` and `prev` of a stream chain the streams of its bucket; the first one's `prev` is NULL. */
struct srtp_stream_list_ctx_t_ {
  srtp_stream_t buckets[1 << BUCKET_BITS];
};

/* SSRCs are mostly random, but anybody may count them up: the multiplication spreads those too. */
static srtp_stream_t *bucket_of(srtp_stream_list_t list, uint32_t ssrc) {
  return &list->buckets[(uint32_t)(ssrc * UINT32_C(0x9E3779B1)) >> (32 - BUCKET_BITS)];
}

srtp_err_status_t srtp_stream_list_alloc(srtp_stream_list_t *list_ptr) {
  /* srtp_crypto_alloc() hands out zeroes. */
  srtp_stream_list_t list = srtp_crypto_alloc(sizeof(*list));
  if (!list) return srtp_err_status_alloc_fail;
  *list_ptr = list;
  return srtp_err_status_ok;
}

srtp_err_status_t srtp_stream_list_dealloc(srtp_stream_list_t list) {
  for (size_t i = 0; i < 1 << BUCKET_BITS; i++) {
    if (list->buckets[i]) return srtp_err_status_fail;
  }
  srtp_crypto_free(list);
  return srtp_err_status_ok;
}

srtp_err_status_t srtp_stream_list_insert(srtp_stream_list_t list, srtp_stream_t stream) {
  srtp_stream_t *bucket = bucket_of(list, stream->ssrc);
  stream->prev = NULL;
  stream->next = *bucket;
  if (stream->next) stream->next->prev = stream;
  *bucket = stream;
  return srtp_err_status_ok;
}

srtp_stream_t srtp_stream_list_get(srtp_stream_list_t list, uint32_t ssrc) {
  srtp_stream_t stream = *bucket_of(list, ssrc);
  while (stream && stream->ssrc != ssrc) stream = stream->next;
  return stream;
}

void srtp_stream_list_remove(srtp_stream_list_t list, srtp_stream_t stream) {
  if (stream->prev) {
    stream->prev->next = stream->next;
  } else {
    *bucket_of(list, stream->ssrc) = stream->next;
  }
  if (stream->next) stream->next->prev = stream->prev;
}

void srtp_stream_list_for_each(srtp_stream_list_t list, int (*callback)(srtp_stream_t, void *), void *data) {
  for (size_t i = 0; i < 1 << BUCKET_BITS; i++) {
    srtp_stream_t stream = list->buckets[i];
    while (stream) {
      /* The callback may remove the stream, or move it to another list. */
      srtp_stream_t next = stream->next;
      if (callback(stream, data)) return;
      stream = next;
    }
  }
}

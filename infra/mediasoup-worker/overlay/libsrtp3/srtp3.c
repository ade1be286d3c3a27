/* The calls of libsrtp 3 that mediasoup-worker makes, carried out by libsrtp 2: see include/srtp.h. */
#define MS_SRTP_IMPLEMENTATION
#include "srtp.h"
#include <stdlib.h>
#include <string.h>

/* A libsrtp 3 policy owns its key; the one of libsrtp 2 only points to it. */
struct ms_srtp_policy {
  srtp_policy_t policy;
  uint8_t key[SRTP_MAX_KEY_LEN];
};

srtp_err_status_t ms_srtp_policy_create(ms_srtp_policy_t *out) {
  *out = calloc(1, sizeof(**out));
  if (!*out) return srtp_err_status_alloc_fail;
  (*out)->policy.key = (*out)->key;
  return srtp_err_status_ok;
}

void ms_srtp_policy_destroy(ms_srtp_policy_t policy) { free(policy); }

srtp_err_status_t ms_srtp_policy_set_ssrc(ms_srtp_policy_t policy, srtp_ssrc_t ssrc) {
  policy->policy.ssrc = ssrc;
  return srtp_err_status_ok;
}

srtp_err_status_t ms_srtp_policy_set_profile(ms_srtp_policy_t policy, srtp_profile_t profile) {
  srtp_err_status_t status = srtp_crypto_policy_set_from_profile_for_rtp(&policy->policy.rtp, profile);
  if (status) return status;
  return srtp_crypto_policy_set_from_profile_for_rtcp(&policy->policy.rtcp, profile);
}

srtp_err_status_t ms_srtp_policy_add_key(ms_srtp_policy_t policy, const uint8_t *key, size_t key_len,
                                         const uint8_t *salt, size_t salt_len, const uint8_t *mki, size_t mki_len) {
  (void)mki; /* mediasoup uses no master key identifier. */
  if (mki_len || key_len + salt_len > sizeof(policy->key)) return srtp_err_status_bad_param;
  memcpy(policy->key, key, key_len);
  memcpy(policy->key + key_len, salt, salt_len);
  return srtp_err_status_ok;
}

srtp_err_status_t ms_srtp_policy_set_allow_repeat_tx(ms_srtp_policy_t policy, int allow) {
  policy->policy.allow_repeat_tx = allow;
  return srtp_err_status_ok;
}

srtp_err_status_t ms_srtp_policy_set_window_size(ms_srtp_policy_t policy, size_t window) {
  policy->policy.window_size = window;
  return srtp_err_status_ok;
}

srtp_err_status_t ms_srtp_create(srtp_t *session, ms_srtp_policy_t policy) { return srtp_create(session, &policy->policy); }

srtp_err_status_t ms_srtp_stream_remove(srtp_t session, uint32_t ssrc) { return srtp_remove_stream(session, ssrc); }

typedef srtp_err_status_t (*in_place_t)(srtp_t session, void *packet, int *len);

/* libsrtp 2 works in place, libsrtp 3 from one buffer to another; `growth` is the most that the packet may grow by. */
static srtp_err_status_t convert(in_place_t call, srtp_t session, const uint8_t *in, size_t in_len, uint8_t *out,
                                 size_t *out_len, size_t growth) {
  if (out != in) {
    if (*out_len < in_len + growth) return srtp_err_status_bad_param;
    memcpy(out, in, in_len);
  }
  int len = (int)in_len;
  srtp_err_status_t status = call(session, out, &len);
  if (!status) *out_len = (size_t)len;
  return status;
}

srtp_err_status_t ms_srtp_protect(srtp_t session, const uint8_t *in, size_t in_len, uint8_t *out, size_t *out_len,
                                  size_t mki) {
  (void)mki;
  return convert(srtp_protect, session, in, in_len, out, out_len, SRTP_MAX_TRAILER_LEN);
}

srtp_err_status_t ms_srtp_unprotect(srtp_t session, const uint8_t *in, size_t in_len, uint8_t *out, size_t *out_len) {
  return convert(srtp_unprotect, session, in, in_len, out, out_len, 0);
}

srtp_err_status_t ms_srtp_protect_rtcp(srtp_t session, const uint8_t *in, size_t in_len, uint8_t *out, size_t *out_len,
                                       size_t mki) {
  (void)mki;
  /* RTCP also gets its index of 4 bytes. */
  return convert(srtp_protect_rtcp, session, in, in_len, out, out_len, SRTP_MAX_TRAILER_LEN + 4);
}

srtp_err_status_t ms_srtp_unprotect_rtcp(srtp_t session, const uint8_t *in, size_t in_len, uint8_t *out,
                                         size_t *out_len) {
  return convert(srtp_unprotect_rtcp, session, in, in_len, out, out_len, 0);
}

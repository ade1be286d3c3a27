/* The part of the libsrtp 3 API that mediasoup-worker calls, for srtp3.c to carry out with libsrtp 2. */
#pragma once
#include <srtp2/srtp.h>
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif
#define srtp_err_status_buffer_small ((srtp_err_status_t)28)
#define srtp_err_status_cryptex_err ((srtp_err_status_t)29)

typedef struct ms_srtp_policy *ms_srtp_policy_t;
srtp_err_status_t ms_srtp_policy_create(ms_srtp_policy_t *policy);
void ms_srtp_policy_destroy(ms_srtp_policy_t policy);
srtp_err_status_t ms_srtp_policy_set_ssrc(ms_srtp_policy_t policy, srtp_ssrc_t ssrc);
srtp_err_status_t ms_srtp_policy_set_profile(ms_srtp_policy_t policy, srtp_profile_t profile);
srtp_err_status_t ms_srtp_policy_add_key(ms_srtp_policy_t policy, const uint8_t *key, size_t key_len,
    const uint8_t *salt, size_t salt_len, const uint8_t *mki, size_t mki_len);
srtp_err_status_t ms_srtp_policy_set_allow_repeat_tx(ms_srtp_policy_t policy, int allow);
srtp_err_status_t ms_srtp_policy_set_window_size(ms_srtp_policy_t policy, size_t window);
srtp_err_status_t ms_srtp_create(srtp_t *session, ms_srtp_policy_t policy);
srtp_err_status_t ms_srtp_stream_remove(srtp_t session, uint32_t ssrc);
srtp_err_status_t ms_srtp_protect(srtp_t ctx, const uint8_t *in, size_t in_len, uint8_t *out, size_t *out_len, size_t mki);
srtp_err_status_t ms_srtp_unprotect(srtp_t ctx, const uint8_t *in, size_t in_len, uint8_t *out, size_t *out_len);
srtp_err_status_t ms_srtp_protect_rtcp(srtp_t ctx, const uint8_t *in, size_t in_len, uint8_t *out, size_t *out_len, size_t mki);
srtp_err_status_t ms_srtp_unprotect_rtcp(srtp_t ctx, const uint8_t *in, size_t in_len, uint8_t *out, size_t *out_len);
#ifdef __cplusplus
}
#endif
#ifndef MS_SRTP_IMPLEMENTATION
#define srtp_policy_t ms_srtp_policy_t
#define srtp_policy_create ms_srtp_policy_create
#define srtp_policy_destroy ms_srtp_policy_destroy
#define srtp_policy_set_ssrc ms_srtp_policy_set_ssrc
#define srtp_policy_set_profile ms_srtp_policy_set_profile
#define srtp_policy_add_key ms_srtp_policy_add_key
#define srtp_policy_set_allow_repeat_tx ms_srtp_policy_set_allow_repeat_tx
#define srtp_policy_set_window_size ms_srtp_policy_set_window_size
#define srtp_create ms_srtp_create
#define srtp_stream_remove ms_srtp_stream_remove
#define srtp_protect ms_srtp_protect
#define srtp_unprotect ms_srtp_unprotect
#define srtp_protect_rtcp ms_srtp_protect_rtcp
#define srtp_unprotect_rtcp ms_srtp_unprotect_rtcp
#endif

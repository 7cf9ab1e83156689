//! `wasi:sockets`: what can be called, and what never is because no socket is ever made.

use super::super::call::{functions, resources};
use super::super::sockets::unreachable_functions;
use super::super::values::{Lower, Res, Text};
use super::super::wit::{signature, wit};
use super::OrOther;
use super::wit::wit03;
use crate::sockets::{IpAddress, NetworkError, NetworkResult, TcpSocket, UdpSocket};
use crate::state::{Stop, Wasi};
use crate::table::Handle;

/// A result that crosses as 0.3 has it, of sockets or of names: both have `access-denied` first.
pub(crate) struct Net<T>(NetworkResult<T>);

impl<T> From<NetworkResult<T>> for Net<T> {
    fn from(result: NetworkResult<T>) -> Net<T> {
        Net(result)
    }
}

impl<T: Lower> Lower for Net<T> {
    type Raw = Res<T::Raw, OrOther>;

    fn lower(self, wasi: &mut Wasi) -> Result<Self::Raw, Stop> {
        Ok(Res::new(match self.0 {
            Ok(value) => Ok(value.lower(wasi)?),
            Err(NetworkError::AccessDenied) => Err(OrOther::case(0)),
        }))
    }
}

/// `ip-address`
#[derive(Clone, Copy)]
#[repr(C)]
pub struct RawIpAddress {
    tag: u8,
    parts: [u16; 8],
}

impl Lower for IpAddress {
    type Raw = RawIpAddress;

    fn lower(self, _: &mut Wasi) -> Result<RawIpAddress, Stop> {
        match self {}
    }
}

functions! {
    "wasi:sockets/types" @ V03 {
        "[static]tcp-socket.create" weldc_wasi3_sockets_types_tcp_socket_create(family: u8)
            -> Net<Handle<TcpSocket>> = create_tcp_socket,
            signature!(wit!(family) => wit03!(net (wit03!(own tcp))));
        "[static]udp-socket.create" weldc_wasi3_sockets_types_udp_socket_create(family: u8)
            -> Net<Handle<UdpSocket>> = create_udp_socket,
            signature!(wit!(family) => wit03!(net (wit03!(own udp))));
    }
    "wasi:sockets/ip-name-lookup" @ V03 {
        "resolve-addresses" [done] weldc_wasi3_sockets_ip_name_lookup_resolve_addresses(name: Text)
            -> Net<Vec<IpAddress>> = look_up,
            signature!("string" => wit03!(names (concat!("list<", wit!(address), ">"))));
    }
}

unreachable_functions! {
    "wasi:sockets/types" @ V03 {
        "[method]tcp-socket.bind" weldc_wasi3_sockets_types_tcp_socket_bind,
            signature!(wit03!(tcp), wit!(socket-address) => wit03!(net _));
        "[method]tcp-socket.connect" weldc_wasi3_sockets_types_tcp_socket_connect,
            signature!(async wit03!(tcp), wit!(socket-address) => wit03!(net _));
        "[method]tcp-socket.listen" weldc_wasi3_sockets_types_tcp_socket_listen,
            signature!(wit03!(tcp) => wit03!(net (concat!("stream<", wit03!(own tcp), ">"))));
        "[method]tcp-socket.send" weldc_wasi3_sockets_types_tcp_socket_send,
            signature!(wit03!(tcp), wit03!(bytes) => wit03!(network));
        "[method]tcp-socket.receive" weldc_wasi3_sockets_types_tcp_socket_receive,
            signature!(wit03!(tcp) => concat!("tuple<", wit03!(bytes), ", ", wit03!(network), ">"));
        "[method]tcp-socket.get-local-address" weldc_wasi3_sockets_types_tcp_socket_get_local_address,
            signature!(wit03!(tcp) => wit03!(net (wit!(socket-address))));
        "[method]tcp-socket.get-remote-address" weldc_wasi3_sockets_types_tcp_socket_get_remote_address,
            signature!(wit03!(tcp) => wit03!(net (wit!(socket-address))));
        "[method]tcp-socket.get-is-listening" weldc_wasi3_sockets_types_tcp_socket_get_is_listening,
            signature!(wit03!(tcp) => "bool");
        "[method]tcp-socket.get-address-family" weldc_wasi3_sockets_types_tcp_socket_get_address_family,
            signature!(wit03!(tcp) => wit!(family));
        "[method]tcp-socket.set-listen-backlog-size" weldc_wasi3_sockets_types_tcp_socket_set_listen_backlog_size,
            signature!(wit03!(tcp), "u64" => wit03!(net _));
        "[method]tcp-socket.get-keep-alive-enabled" weldc_wasi3_sockets_types_tcp_socket_get_keep_alive_enabled,
            signature!(wit03!(tcp) => wit03!(net bool));
        "[method]tcp-socket.set-keep-alive-enabled" weldc_wasi3_sockets_types_tcp_socket_set_keep_alive_enabled,
            signature!(wit03!(tcp), "bool" => wit03!(net _));
        "[method]tcp-socket.get-keep-alive-idle-time" weldc_wasi3_sockets_types_tcp_socket_get_keep_alive_idle_time,
            signature!(wit03!(tcp) => wit03!(net u64));
        "[method]tcp-socket.set-keep-alive-idle-time" weldc_wasi3_sockets_types_tcp_socket_set_keep_alive_idle_time,
            signature!(wit03!(tcp), "u64" => wit03!(net _));
        "[method]tcp-socket.get-keep-alive-interval" weldc_wasi3_sockets_types_tcp_socket_get_keep_alive_interval,
            signature!(wit03!(tcp) => wit03!(net u64));
        "[method]tcp-socket.set-keep-alive-interval" weldc_wasi3_sockets_types_tcp_socket_set_keep_alive_interval,
            signature!(wit03!(tcp), "u64" => wit03!(net _));
        "[method]tcp-socket.get-keep-alive-count" weldc_wasi3_sockets_types_tcp_socket_get_keep_alive_count,
            signature!(wit03!(tcp) => wit03!(net u32));
        "[method]tcp-socket.set-keep-alive-count" weldc_wasi3_sockets_types_tcp_socket_set_keep_alive_count,
            signature!(wit03!(tcp), "u32" => wit03!(net _));
        "[method]tcp-socket.get-hop-limit" weldc_wasi3_sockets_types_tcp_socket_get_hop_limit,
            signature!(wit03!(tcp) => wit03!(net u8));
        "[method]tcp-socket.set-hop-limit" weldc_wasi3_sockets_types_tcp_socket_set_hop_limit,
            signature!(wit03!(tcp), "u8" => wit03!(net _));
        "[method]tcp-socket.get-receive-buffer-size" weldc_wasi3_sockets_types_tcp_socket_get_receive_buffer_size,
            signature!(wit03!(tcp) => wit03!(net u64));
        "[method]tcp-socket.set-receive-buffer-size" weldc_wasi3_sockets_types_tcp_socket_set_receive_buffer_size,
            signature!(wit03!(tcp), "u64" => wit03!(net _));
        "[method]tcp-socket.get-send-buffer-size" weldc_wasi3_sockets_types_tcp_socket_get_send_buffer_size,
            signature!(wit03!(tcp) => wit03!(net u64));
        "[method]tcp-socket.set-send-buffer-size" weldc_wasi3_sockets_types_tcp_socket_set_send_buffer_size,
            signature!(wit03!(tcp), "u64" => wit03!(net _));
        "[method]udp-socket.bind" weldc_wasi3_sockets_types_udp_socket_bind,
            signature!(wit03!(udp), wit!(socket-address) => wit03!(net _));
        "[method]udp-socket.connect" weldc_wasi3_sockets_types_udp_socket_connect,
            signature!(wit03!(udp), wit!(socket-address) => wit03!(net _));
        "[method]udp-socket.disconnect" weldc_wasi3_sockets_types_udp_socket_disconnect,
            signature!(wit03!(udp) => wit03!(net _));
        "[method]udp-socket.send" weldc_wasi3_sockets_types_udp_socket_send,
            signature!(async wit03!(udp), wit!(bytes), concat!("option<", wit!(socket-address), ">") => wit03!(net _));
        "[method]udp-socket.receive" weldc_wasi3_sockets_types_udp_socket_receive,
            signature!(async wit03!(udp) => wit03!(net (concat!("tuple<", wit!(bytes), ", ", wit!(socket-address), ">"))));
        "[method]udp-socket.get-local-address" weldc_wasi3_sockets_types_udp_socket_get_local_address,
            signature!(wit03!(udp) => wit03!(net (wit!(socket-address))));
        "[method]udp-socket.get-remote-address" weldc_wasi3_sockets_types_udp_socket_get_remote_address,
            signature!(wit03!(udp) => wit03!(net (wit!(socket-address))));
        "[method]udp-socket.get-address-family" weldc_wasi3_sockets_types_udp_socket_get_address_family,
            signature!(wit03!(udp) => wit!(family));
        "[method]udp-socket.get-unicast-hop-limit" weldc_wasi3_sockets_types_udp_socket_get_unicast_hop_limit,
            signature!(wit03!(udp) => wit03!(net u8));
        "[method]udp-socket.set-unicast-hop-limit" weldc_wasi3_sockets_types_udp_socket_set_unicast_hop_limit,
            signature!(wit03!(udp), "u8" => wit03!(net _));
        "[method]udp-socket.get-receive-buffer-size" weldc_wasi3_sockets_types_udp_socket_get_receive_buffer_size,
            signature!(wit03!(udp) => wit03!(net u64));
        "[method]udp-socket.set-receive-buffer-size" weldc_wasi3_sockets_types_udp_socket_set_receive_buffer_size,
            signature!(wit03!(udp), "u64" => wit03!(net _));
        "[method]udp-socket.get-send-buffer-size" weldc_wasi3_sockets_types_udp_socket_get_send_buffer_size,
            signature!(wit03!(udp) => wit03!(net u64));
        "[method]udp-socket.set-send-buffer-size" weldc_wasi3_sockets_types_udp_socket_set_send_buffer_size,
            signature!(wit03!(udp), "u64" => wit03!(net _));
    }
}

resources! {
    "wasi:sockets/types" @ V03 {
        "tcp-socket" weldc_wasi3_sockets_types_tcp_socket_drop = drop_no_socket;
        "udp-socket" weldc_wasi3_sockets_types_udp_socket_drop = drop_no_socket;
    }
}

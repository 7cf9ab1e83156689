//! `wasi:sockets`: what can be called, and what never is because no socket is ever made.

use super::call::{functions, resources};
use super::values::{Lower, Res, Text, lowered_as_it_is};
use super::wit::{signature, wit};
use crate::io::Failed;
use crate::sockets::{Addresses, Network, NetworkError, NetworkResult, TcpSocket, UdpSocket};
use crate::state::{Stop, Wasi};
use crate::table::Handle;

lowered_as_it_is!(NetworkError);

impl<T: Lower> Lower for NetworkResult<T> {
    type Raw = Res<T::Raw, NetworkError>;

    fn lower(self, wasi: &mut Wasi) -> Result<Self::Raw, Stop> {
        Ok(Res::new(match self {
            Ok(value) => Ok(value.lower(wasi)?),
            Err(error) => Err(error),
        }))
    }
}

functions! {
    "wasi:sockets/instance-network" @ V02 {
        "instance-network" weldc_wasi_sockets_instance_network_instance_network()
            -> Handle<Network> = instance_network,
            signature!(=> "own<wasi:sockets/network/network>");
    }
    "wasi:sockets/network" @ V02 {
        "network-error-code" weldc_wasi_sockets_network_network_error_code(error: Handle<Failed>)
            -> Option<NetworkError> = network_error_code,
            signature!(wit!(error) => concat!("option<", wit!(net error-code), ">"));
    }
    "wasi:sockets/tcp-create-socket" @ V02 {
        "create-tcp-socket" weldc_wasi_sockets_tcp_create_socket_create_tcp_socket(family: u8)
            -> NetworkResult<Handle<TcpSocket>> = create_tcp_socket,
            signature!(wit!(family) => wit!(net (wit!(own tcp))));
    }
    "wasi:sockets/udp-create-socket" @ V02 {
        "create-udp-socket" weldc_wasi_sockets_udp_create_socket_create_udp_socket(family: u8)
            -> NetworkResult<Handle<UdpSocket>> = create_udp_socket,
            signature!(wit!(family) => wit!(net (wit!(own udp))));
    }
    "wasi:sockets/ip-name-lookup" @ V02 {
        "resolve-addresses" weldc_wasi_sockets_ip_name_lookup_resolve_addresses(
            network: Handle<Network>, name: Text
        ) -> NetworkResult<Handle<Addresses>> = resolve_addresses,
            signature!(
                wit!(network), "string" =>
                wit!(net ("own<wasi:sockets/ip-name-lookup/resolve-address-stream>"))
            );
    }
}

/// Functions whose first parameter is a resource that is never made. Their parameters are ignored: C
/// conventions leave it to the caller to clean up after as many as it passes.
macro_rules! unreachable_functions {
    ($($interface:literal @ $releases:ident {$($name:literal $symbol:ident, $signature:expr;)*})*) => {
        $($(
            /// # Safety
            /// See the module's head.
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $symbol(wasi: *mut std::ffi::c_void) -> i32 {
                // SAFETY: see the module's head.
                unsafe { $crate::abi::sockets::never(wasi) }
            }
        )*)*

        pub(in $crate::abi) const UNREACHABLE: &[$crate::imports::Import] =
            &[$($($crate::imports::Import {
            interface: $interface,
            releases: $crate::imports::Releases::$releases,
            name: $name,
            signature: $signature,
            symbol: stringify!($symbol),
            address: $crate::abi::Address($symbol as *const std::ffi::c_void),
        },)*)*];
    };
}

pub(super) use unreachable_functions;

/// # Safety
/// As for [`super::call::enter`].
pub(super) unsafe fn never(wasi: *mut std::ffi::c_void) -> i32 {
    // SAFETY: as the caller promises.
    unsafe { super::call::enter::<()>(wasi, std::ptr::null_mut(), |_| Err(Stop::NO_SUCH_SOCKET)) }
}

unreachable_functions! {
    "wasi:sockets/tcp" @ V02 {
        "[method]tcp-socket.start-bind" weldc_wasi_sockets_tcp_tcp_socket_start_bind,
            signature!(wit!(tcp), wit!(network), wit!(socket-address) => wit!(net _));
        "[method]tcp-socket.finish-bind" weldc_wasi_sockets_tcp_tcp_socket_finish_bind,
            signature!(wit!(tcp) => wit!(net _));
        "[method]tcp-socket.start-connect" weldc_wasi_sockets_tcp_tcp_socket_start_connect,
            signature!(wit!(tcp), wit!(network), wit!(socket-address) => wit!(net _));
        "[method]tcp-socket.finish-connect" weldc_wasi_sockets_tcp_tcp_socket_finish_connect,
            signature!(wit!(tcp) => wit!(net (concat!("tuple<", wit!(own input), ", ", wit!(own output), ">"))));
        "[method]tcp-socket.start-listen" weldc_wasi_sockets_tcp_tcp_socket_start_listen,
            signature!(wit!(tcp) => wit!(net _));
        "[method]tcp-socket.finish-listen" weldc_wasi_sockets_tcp_tcp_socket_finish_listen,
            signature!(wit!(tcp) => wit!(net _));
        "[method]tcp-socket.accept" weldc_wasi_sockets_tcp_tcp_socket_accept,
            signature!(wit!(tcp) => wit!(net (concat!("tuple<", wit!(own tcp), ", ", wit!(own input), ", ", wit!(own output), ">"))));
        "[method]tcp-socket.local-address" weldc_wasi_sockets_tcp_tcp_socket_local_address,
            signature!(wit!(tcp) => wit!(net (wit!(socket-address))));
        "[method]tcp-socket.remote-address" weldc_wasi_sockets_tcp_tcp_socket_remote_address,
            signature!(wit!(tcp) => wit!(net (wit!(socket-address))));
        "[method]tcp-socket.is-listening" weldc_wasi_sockets_tcp_tcp_socket_is_listening,
            signature!(wit!(tcp) => "bool");
        "[method]tcp-socket.address-family" weldc_wasi_sockets_tcp_tcp_socket_address_family,
            signature!(wit!(tcp) => wit!(family));
        "[method]tcp-socket.set-listen-backlog-size" weldc_wasi_sockets_tcp_tcp_socket_set_listen_backlog_size,
            signature!(wit!(tcp), "u64" => wit!(net _));
        "[method]tcp-socket.keep-alive-enabled" weldc_wasi_sockets_tcp_tcp_socket_keep_alive_enabled,
            signature!(wit!(tcp) => wit!(net bool));
        "[method]tcp-socket.set-keep-alive-enabled" weldc_wasi_sockets_tcp_tcp_socket_set_keep_alive_enabled,
            signature!(wit!(tcp), "bool" => wit!(net _));
        "[method]tcp-socket.keep-alive-idle-time" weldc_wasi_sockets_tcp_tcp_socket_keep_alive_idle_time,
            signature!(wit!(tcp) => wit!(net u64));
        "[method]tcp-socket.set-keep-alive-idle-time" weldc_wasi_sockets_tcp_tcp_socket_set_keep_alive_idle_time,
            signature!(wit!(tcp), "u64" => wit!(net _));
        "[method]tcp-socket.keep-alive-interval" weldc_wasi_sockets_tcp_tcp_socket_keep_alive_interval,
            signature!(wit!(tcp) => wit!(net u64));
        "[method]tcp-socket.set-keep-alive-interval" weldc_wasi_sockets_tcp_tcp_socket_set_keep_alive_interval,
            signature!(wit!(tcp), "u64" => wit!(net _));
        "[method]tcp-socket.keep-alive-count" weldc_wasi_sockets_tcp_tcp_socket_keep_alive_count,
            signature!(wit!(tcp) => wit!(net u32));
        "[method]tcp-socket.set-keep-alive-count" weldc_wasi_sockets_tcp_tcp_socket_set_keep_alive_count,
            signature!(wit!(tcp), "u32" => wit!(net _));
        "[method]tcp-socket.hop-limit" weldc_wasi_sockets_tcp_tcp_socket_hop_limit,
            signature!(wit!(tcp) => wit!(net u8));
        "[method]tcp-socket.set-hop-limit" weldc_wasi_sockets_tcp_tcp_socket_set_hop_limit,
            signature!(wit!(tcp), "u8" => wit!(net _));
        "[method]tcp-socket.receive-buffer-size" weldc_wasi_sockets_tcp_tcp_socket_receive_buffer_size,
            signature!(wit!(tcp) => wit!(net u64));
        "[method]tcp-socket.set-receive-buffer-size" weldc_wasi_sockets_tcp_tcp_socket_set_receive_buffer_size,
            signature!(wit!(tcp), "u64" => wit!(net _));
        "[method]tcp-socket.send-buffer-size" weldc_wasi_sockets_tcp_tcp_socket_send_buffer_size,
            signature!(wit!(tcp) => wit!(net u64));
        "[method]tcp-socket.set-send-buffer-size" weldc_wasi_sockets_tcp_tcp_socket_set_send_buffer_size,
            signature!(wit!(tcp), "u64" => wit!(net _));
        "[method]tcp-socket.subscribe" weldc_wasi_sockets_tcp_tcp_socket_subscribe,
            signature!(wit!(tcp) => wit!(own pollable));
        "[method]tcp-socket.shutdown" weldc_wasi_sockets_tcp_tcp_socket_shutdown,
            signature!(wit!(tcp), "enum{receive, send, both}" => wit!(net _));
    }
    "wasi:sockets/udp" @ V02 {
        "[method]udp-socket.start-bind" weldc_wasi_sockets_udp_udp_socket_start_bind,
            signature!(wit!(udp), wit!(network), wit!(socket-address) => wit!(net _));
        "[method]udp-socket.finish-bind" weldc_wasi_sockets_udp_udp_socket_finish_bind,
            signature!(wit!(udp) => wit!(net _));
        "[method]udp-socket.stream" weldc_wasi_sockets_udp_udp_socket_stream,
            signature!(wit!(udp), concat!("option<", wit!(socket-address), ">") => wit!(net ("tuple<own<wasi:sockets/udp/incoming-datagram-stream>, own<wasi:sockets/udp/outgoing-datagram-stream>>")));
        "[method]udp-socket.local-address" weldc_wasi_sockets_udp_udp_socket_local_address,
            signature!(wit!(udp) => wit!(net (wit!(socket-address))));
        "[method]udp-socket.remote-address" weldc_wasi_sockets_udp_udp_socket_remote_address,
            signature!(wit!(udp) => wit!(net (wit!(socket-address))));
        "[method]udp-socket.address-family" weldc_wasi_sockets_udp_udp_socket_address_family,
            signature!(wit!(udp) => wit!(family));
        "[method]udp-socket.unicast-hop-limit" weldc_wasi_sockets_udp_udp_socket_unicast_hop_limit,
            signature!(wit!(udp) => wit!(net u8));
        "[method]udp-socket.set-unicast-hop-limit" weldc_wasi_sockets_udp_udp_socket_set_unicast_hop_limit,
            signature!(wit!(udp), "u8" => wit!(net _));
        "[method]udp-socket.receive-buffer-size" weldc_wasi_sockets_udp_udp_socket_receive_buffer_size,
            signature!(wit!(udp) => wit!(net u64));
        "[method]udp-socket.set-receive-buffer-size" weldc_wasi_sockets_udp_udp_socket_set_receive_buffer_size,
            signature!(wit!(udp), "u64" => wit!(net _));
        "[method]udp-socket.send-buffer-size" weldc_wasi_sockets_udp_udp_socket_send_buffer_size,
            signature!(wit!(udp) => wit!(net u64));
        "[method]udp-socket.set-send-buffer-size" weldc_wasi_sockets_udp_udp_socket_set_send_buffer_size,
            signature!(wit!(udp), "u64" => wit!(net _));
        "[method]udp-socket.subscribe" weldc_wasi_sockets_udp_udp_socket_subscribe,
            signature!(wit!(udp) => wit!(own pollable));
        "[method]incoming-datagram-stream.receive" weldc_wasi_sockets_udp_incoming_datagram_stream_receive,
            signature!(wit!(datagrams in), "u64" => wit!(net (concat!("list<record{data: list<u8>, remote-address: ", wit!(socket-address), "}>"))));
        "[method]incoming-datagram-stream.subscribe" weldc_wasi_sockets_udp_incoming_datagram_stream_subscribe,
            signature!(wit!(datagrams in) => wit!(own pollable));
        "[method]outgoing-datagram-stream.check-send" weldc_wasi_sockets_udp_outgoing_datagram_stream_check_send,
            signature!(wit!(datagrams out) => wit!(net u64));
        "[method]outgoing-datagram-stream.send" weldc_wasi_sockets_udp_outgoing_datagram_stream_send,
            signature!(wit!(datagrams out), concat!("list<record{data: list<u8>, remote-address: option<", wit!(socket-address), ">}>") => wit!(net u64));
        "[method]outgoing-datagram-stream.subscribe" weldc_wasi_sockets_udp_outgoing_datagram_stream_subscribe,
            signature!(wit!(datagrams out) => wit!(own pollable));
    }
    "wasi:sockets/ip-name-lookup" @ V02 {
        "[method]resolve-address-stream.resolve-next-address" weldc_wasi_sockets_ip_name_lookup_resolve_address_stream_resolve_next_address,
            signature!(wit!(addresses) => wit!(net (concat!("option<", wit!(address), ">"))));
        "[method]resolve-address-stream.subscribe" weldc_wasi_sockets_ip_name_lookup_resolve_address_stream_subscribe,
            signature!(wit!(addresses) => wit!(own pollable));
    }
}

resources! {
    "wasi:sockets/network" @ V02 {
        "network" weldc_wasi_sockets_network_network_drop = drop_network;
    }
    "wasi:sockets/tcp" @ V02 {
        "tcp-socket" weldc_wasi_sockets_tcp_tcp_socket_drop = drop_no_socket;
    }
    "wasi:sockets/udp" @ V02 {
        "udp-socket" weldc_wasi_sockets_udp_udp_socket_drop = drop_no_socket;
        "incoming-datagram-stream" weldc_wasi_sockets_udp_incoming_datagram_stream_drop
            = drop_no_socket;
        "outgoing-datagram-stream" weldc_wasi_sockets_udp_outgoing_datagram_stream_drop
            = drop_no_socket;
    }
    "wasi:sockets/ip-name-lookup" @ V02 {
        "resolve-address-stream" weldc_wasi_sockets_ip_name_lookup_resolve_address_stream_drop
            = drop_no_socket;
    }
}

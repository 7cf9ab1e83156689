//! The network that is not there.

use super::super::sockets::*;
use super::*;
use crate::sockets::NetworkError;

#[test]
fn sockets_are_denied() {
    let mut guest = Guest::new();
    let wasi = guest.wasi();
    let network =
        value(|out| unsafe { weldc_wasi_sockets_instance_network_instance_network(wasi, out) });
    let tcp =
        call(|out| unsafe { weldc_wasi_sockets_tcp_create_socket_create_tcp_socket(wasi, 0, out) });
    assert_eq!(tcp, Err(NetworkError::AccessDenied));
    let udp =
        call(|out| unsafe { weldc_wasi_sockets_udp_create_socket_create_udp_socket(wasi, 1, out) });
    assert_eq!(udp, Err(NetworkError::AccessDenied));
    let name = text("localhost");
    let addresses = call(|out| unsafe {
        weldc_wasi_sockets_ip_name_lookup_resolve_addresses(wasi, network, &name, out)
    });
    assert_eq!(addresses, Err(NetworkError::AccessDenied));
    unsafe { weldc_wasi_sockets_network_network_drop(wasi, network) };
}

#[test]
fn methods_of_sockets_end_the_zone() {
    let mut guest = Guest::new();
    assert_eq!(unsafe { weldc_wasi_sockets_tcp_tcp_socket_accept(guest.wasi()) }, FAILED);
    assert!(guest.wasi.failure().unwrap().contains("sockets"));
}

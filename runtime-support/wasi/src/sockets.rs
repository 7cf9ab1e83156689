//! `wasi:sockets`, without a network: no socket can be made, no name looked up.
//!
//! The network that `instance-network` gives out is one that grants nothing, so creating a socket or
//! looking up a name is answered with `access-denied`, which programs know how to report. Methods of
//! sockets cannot be reached by a guest; they end the zone.

use crate::state::Wasi;
use crate::table::Handle;

/// `network`: there is one, and it has no functions.
pub(crate) enum Network {}

/// Resources that are never made.
pub(crate) enum TcpSocket {}
pub(crate) enum UdpSocket {}
pub(crate) enum Addresses {}

/// `ip-address`, of which none is ever known.
pub(crate) enum IpAddress {}

/// `error-code`; no others occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum NetworkError {
    AccessDenied = 1,
}

pub(crate) type NetworkResult<T> = Result<T, NetworkError>;

impl Wasi {
    pub(crate) fn instance_network(&mut self) -> Handle<Network> {
        Handle::from_bits(0)
    }

    pub(crate) fn create_tcp_socket(&mut self, _family: u8) -> NetworkResult<Handle<TcpSocket>> {
        Err(NetworkError::AccessDenied)
    }

    pub(crate) fn create_udp_socket(&mut self, _family: u8) -> NetworkResult<Handle<UdpSocket>> {
        Err(NetworkError::AccessDenied)
    }

    pub(crate) fn resolve_addresses(
        &mut self,
        _network: Handle<Network>,
        _name: &str,
    ) -> NetworkResult<Handle<Addresses>> {
        Err(NetworkError::AccessDenied)
    }

    /// `resolve-addresses` of 0.3.
    pub(crate) fn look_up(&mut self, _name: &str) -> NetworkResult<Vec<IpAddress>> {
        Err(NetworkError::AccessDenied)
    }

    /// No error of a stream is one of the network's.
    pub(crate) fn network_error_code(
        &mut self,
        _error: Handle<crate::io::Failed>,
    ) -> Option<NetworkError> {
        None
    }

    pub(crate) fn drop_network(&mut self, _: Handle<Network>) {}

    /// There is nothing to drop.
    pub(crate) fn drop_no_socket(&mut self, _: Handle<TcpSocket>) {}
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";

/// @title RelayRegistry: where relays are, by their own word
/// @notice Anyone may list one record, and nobody vouches for it: readers try what they read. There are `SEATS` places,
/// so that all are read by one call whatever anybody does. In a full list a place can be taken from a record that is over
/// or has the smaller bond, in the chain's own coin. Every bond comes back: at once to who is outbid, else
/// a month after it was laid, so that one bond does not displace one record after the other.
contract RelayRegistry {
    using Address for address payable;

    /// @notice `text` is one to four multiaddrs with a space between, by its keeper's word alone; `bond` in wei,
    /// the last of it laid at `laidAt`.
    struct Record {
        address keeper;
        uint40 until;
        uint40 laidAt;
        uint256 bond;
        string text;
    }

    uint256 public constant SEATS = 64;
    uint256 public constant TEXT_MAX = 512;
    /// @notice How long a record stands at most before its keeper must say again that it does.
    uint40 public constant TERM_MAX = 365 days;
    /// @notice How long a bond stays after it was laid, unless its record is outbid.
    uint40 public constant LOCK = 30 days;

    Record[] private _records;
    /// @dev Number of the keeper's place, from 1; 0: none.
    mapping(address keeper => uint256) private _seats;
    /// @notice Bonds of records that are gone, wei: `withdraw` pays them out.
    mapping(address keeper => uint256) public owedTo;
    /// @notice When `withdraw` pays a keeper, unix seconds.
    mapping(address keeper => uint256) public paidFrom;

    event Listed(address indexed keeper, uint40 until, uint256 bond, string text);
    event Removed(address indexed keeper, address indexed by, uint256 bond);
    event Withdrawn(address indexed keeper, uint256 amount);

    error TextLength(uint256 length, uint256 limit);
    error TermOutOfRange(uint40 until, uint256 nowS, uint256 limit);
    error Full(uint256 seats);
    error NotListed(address keeper);
    error AlreadyListed(address keeper);
    error BondTooLow(uint256 bond, uint256 theirs);
    error NotFull(uint256 taken, uint256 seats);
    error TooEarly(uint256 nowS, uint256 from);

    /// @notice Lists the sender's record, or puts it in place of his earlier one; what is sent adds to its bond.
    function put(string calldata text, uint40 until) external payable {
        _check(text, until);
        uint256 seat = _seats[msg.sender];
        if (seat == 0) {
            if (_records.length == SEATS) revert Full(SEATS);
            _records.push();
            seat = _records.length;
        }
        _list(seat, text, until, msg.value);
    }

    /// @notice Takes a place of a full list, from a record that is over or whose bond is below what is sent.
    function displace(address keeper, string calldata text, uint40 until) external payable {
        _check(text, until);
        if (_seats[msg.sender] != 0) revert AlreadyListed(msg.sender);
        if (_records.length != SEATS) revert NotFull(_records.length, SEATS);
        uint256 seat = _seatOf(keeper);
        Record storage r = _records[seat - 1];
        if (r.until <= block.timestamp) _lock(r);
        else if (r.bond >= msg.value) revert BondTooLow(msg.value, r.bond);
        _leave(r);
        (r.bond, r.laidAt) = (0, 0);
        _list(seat, text, until, msg.value);
    }

    /// @notice Takes the sender's record off the list; its bond can be withdrawn when it has lain for `LOCK`.
    function remove() external {
        uint256 seat = _seatOf(msg.sender);
        Record storage r = _records[seat - 1];
        _lock(r);
        _leave(r);
        uint256 last = _records.length;
        if (seat != last) {
            Record storage moved = _records[last - 1];
            _seats[moved.keeper] = seat;
            _records[seat - 1] = moved;
        }
        _records.pop();
    }

    /// @notice Pays the sender what his former records had as bonds.
    function withdraw() external returns (uint256 amount) {
        if (block.timestamp < paidFrom[msg.sender]) revert TooEarly(block.timestamp, paidFrom[msg.sender]);
        amount = owedTo[msg.sender];
        owedTo[msg.sender] = 0;
        emit Withdrawn(msg.sender, amount);
        payable(msg.sender).sendValue(amount);
    }

    /// @notice All records, also those that are over, and the chain's time to tell them by.
    function list() external view returns (uint256 nowS, Record[] memory records) {
        return (block.timestamp, _records);
    }

    /// @notice One keeper's record.
    function recordOf(address keeper) external view returns (Record memory) {
        return _records[_seatOf(keeper) - 1];
    }

    function _seatOf(address keeper) private view returns (uint256 seat) {
        seat = _seats[keeper];
        if (seat == 0) revert NotListed(keeper);
    }

    /// @dev Who goes without being outbid waits for his bond.
    function _lock(Record storage r) private {
        uint256 from = uint256(r.laidAt) + LOCK;
        if (from > paidFrom[r.keeper]) paidFrom[r.keeper] = from;
    }

    /// @dev The bond of a record that goes is its keeper's again.
    function _leave(Record storage r) private {
        (address keeper, uint256 bond) = (r.keeper, r.bond);
        _seats[keeper] = 0;
        owedTo[keeper] += bond;
        emit Removed(keeper, msg.sender, bond);
    }

    function _list(uint256 seat, string calldata text, uint40 until, uint256 more) private {
        Record storage r = _records[seat - 1];
        _seats[msg.sender] = seat;
        uint256 bond = r.bond + more;
        if (more != 0) r.laidAt = uint40(block.timestamp);
        (r.keeper, r.until, r.bond, r.text) = (msg.sender, until, bond, text);
        emit Listed(msg.sender, until, bond, text);
    }

    function _check(string calldata text, uint40 until) private view {
        uint256 length = bytes(text).length;
        if (length == 0 || length > TEXT_MAX) revert TextLength(length, TEXT_MAX);
        if (until <= block.timestamp || until > block.timestamp + TERM_MAX) {
            revert TermOutOfRange(until, block.timestamp, block.timestamp + TERM_MAX);
        }
    }
}

#include "adapters/access/client_address.hpp"

#include <gtest/gtest.h>

namespace jejak::access {
namespace {

const std::set<std::string> proxies = {"10.0.0.1", "10.0.0.2", "::1"};

TEST(ClientAddress, is_the_peer_whatever_a_header_says) {
    EXPECT_EQ(client_address("192.0.2.7", "198.51.100.1", {}), "192.0.2.7");
    EXPECT_EQ(client_address("192.0.2.7", "198.51.100.1", proxies), "192.0.2.7");
    EXPECT_EQ(client_address("10.0.0.1", "198.51.100.1", {}), "10.0.0.1");
}

TEST(ClientAddress, is_what_our_own_proxy_saw_and_not_what_the_client_wrote_before) {
    EXPECT_EQ(client_address("10.0.0.1", "198.51.100.1", proxies), "198.51.100.1");
    EXPECT_EQ(client_address("10.0.0.1", "203.0.113.9, 198.51.100.1", proxies), "198.51.100.1");
    EXPECT_EQ(client_address("10.0.0.1", "203.0.113.9,198.51.100.1 , 10.0.0.2", proxies),
              "198.51.100.1");
    EXPECT_EQ(client_address("::1", "2001:db8::5", proxies), "2001:db8::5");
}

TEST(ClientAddress, is_the_last_that_is_known_where_the_header_is_no_address) {
    EXPECT_EQ(client_address("10.0.0.1", "", proxies), "10.0.0.1");
    EXPECT_EQ(client_address("10.0.0.1", "unknown", proxies), "10.0.0.1");
    EXPECT_EQ(client_address("10.0.0.1", "198.51.100.1, <script>", proxies), "10.0.0.1");
    EXPECT_EQ(client_address("10.0.0.1", "198.51.100.1,", proxies), "10.0.0.1");
    EXPECT_EQ(client_address("10.0.0.1", ",,,", proxies), "10.0.0.1");
    EXPECT_EQ(client_address("10.0.0.1", "10.0.0.2, 10.0.0.1", proxies), "10.0.0.2");
    EXPECT_EQ(client_address("10.0.0.1", std::string(100'000, '1'), proxies), "10.0.0.1");
}

TEST(ClientAddress, is_one_text_for_one_address) {
    EXPECT_EQ(client_address("::ffff:10.0.0.1", "198.51.100.1", proxies), "198.51.100.1");
    EXPECT_EQ(client_address("10.0.0.1", "::ffff:198.51.100.1", proxies), "198.51.100.1");
    EXPECT_EQ(client_address("2001:DB8:0:0::5", "", proxies), "2001:db8::5");
}

TEST(RateKeyOfAddress, is_the_address_and_for_ipv6_what_one_customer_has) {
    EXPECT_EQ(rate_key_of_address("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(rate_key_of_address("::ffff:192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(rate_key_of_address("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    EXPECT_EQ(rate_key_of_address("2001:db8:1:2:ffff::"), "2001:db8:1:2::/64");
    EXPECT_NE(rate_key_of_address("2001:db8:1:3::1"), rate_key_of_address("2001:db8:1:2::1"));
    EXPECT_EQ(rate_key_of_address("not an address"), "not an address");
}

}  // namespace
}  // namespace jejak::access
